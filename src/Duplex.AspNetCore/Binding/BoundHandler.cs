using System.Reflection;
using Duplex.Messaging.Application;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Binding;

/// <summary>A delegate with the sources of its arguments.</summary>
internal sealed class BoundHandler(
    object? target,
    MethodInvoker invoker,
    Func<HandlerContext, IServiceProvider?, object?>[] parameters,
    Func<object?, ValueTask<object?>> result,
    IServiceScopeFactory? scopes)
{
    public ValueTask<object?> InvokeAsync(HandlerContext context) =>
        scopes is null ? Invoke(context, null) : InvokeInScopeAsync(context, scopes);

    private async ValueTask<object?> InvokeInScopeAsync(HandlerContext context, IServiceScopeFactory factory)
    {
        await using var scope = factory.CreateAsyncScope();
        return await Invoke(context, scope.ServiceProvider);
    }

    private ValueTask<object?> Invoke(HandlerContext context, IServiceProvider? provider)
    {
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = parameters[i](context, provider);
        return result(invoker.Invoke(target, arguments.AsSpan()));
    }
}
