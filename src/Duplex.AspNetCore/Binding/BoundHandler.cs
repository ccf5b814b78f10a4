using System.Reflection;
using Duplex.Messaging.Application;

namespace Duplex.AspNetCore.Binding;

/// <summary>A delegate with the sources of its arguments.</summary>
internal sealed class BoundHandler(
    object? target, MethodInvoker invoker, Func<HandlerContext, object?>[] parameters, Func<object?, ValueTask<object?>> result)
{
    public ValueTask<object?> InvokeAsync(HandlerContext context)
    {
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = parameters[i](context);
        return result(invoker.Invoke(target, arguments.AsSpan()));
    }
}
