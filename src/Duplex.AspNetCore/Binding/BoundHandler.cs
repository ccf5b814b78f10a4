using System.Reflection;
using Duplex.Messaging.Application;

namespace Duplex.AspNetCore.Binding;

/// <summary>Represents a delegate and the sources of its arguments.</summary>
/// <typeparam name="TResult">The result type of the handler.</typeparam>
internal sealed class BoundHandler<TResult>(
    object? target, MethodInvoker invoker, Func<HandlerContext, object?>[] parameters, Func<object?, ValueTask<TResult>> read)
{
    public ValueTask<TResult> InvokeAsync(HandlerContext context)
    {
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = parameters[i](context);
        return read(invoker.Invoke(target, arguments.AsSpan()));
    }
}
