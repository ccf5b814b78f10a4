using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Binding;

/// <summary>Makes handlers of an application's functions.</summary>
internal sealed class HandlerBinder(IServiceProvider services)
{
    public const string TrimWarning =
        "This binds the handler by reflection over its parameters; take an overload with a HandlerContext when trimming or compiling ahead of time.";

    private readonly PayloadSerializer _payloads = services.GetRequiredService<Hub>().Payloads;

    /// <summary>Any delegate. The reflection happens here, once, while the application is built.</summary>
    /// <exception cref="InvalidOperationException">A parameter cannot be bound.</exception>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public Handler Bind(Delegate handler, HandlerKind kind, ChannelPattern? pattern = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var binder = new ParameterBinder(_payloads, services.GetRequiredService<IServiceProviderIsService>(), pattern);
        var parameters = Array.ConvertAll(handler.Method.GetParameters(), binder.Bind);
        var invoker = MethodInvoker.Create(handler.Method);
        return new BoundHandler(handler.Target, invoker, parameters, ResultReader.For(handler.Method.ReturnType, kind, _payloads)).InvokeAsync;
    }

    /// <summary>A function of the payload and the context, without reflection.</summary>
    /// <param name="handler">The function.</param>
    /// <param name="kind">What its result stands for.</param>
    /// <param name="isOptional">Whether it is called with null where there is no payload, in place of an error.</param>
    public Handler Bind<TMessage, TResult>(
        Func<TMessage, HandlerContext, ValueTask<TResult>> handler, HandlerKind kind, bool isOptional = false)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new TypedHandler<TMessage, TResult>(handler, kind, isOptional, _payloads).InvokeAsync;
    }
}
