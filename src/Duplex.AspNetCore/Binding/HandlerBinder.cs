using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Duplex.AspNetCore.Application;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Binding;

/// <summary>Makes a handler of any delegate. The reflection happens here, once, while the application is built.</summary>
[RequiresUnreferencedCode(ChannelBuilder.TrimWarning)]
[RequiresDynamicCode(ChannelBuilder.TrimWarning)]
internal sealed class HandlerBinder(IServiceProvider services, PayloadSerializer payloads)
{
    public static HandlerBinder For(IServiceProvider services) => new(services, services.GetRequiredService<Hub>().Payloads);

    /// <exception cref="InvalidOperationException">A parameter cannot be bound.</exception>
    public Handler Bind(Delegate handler, HandlerKind kind, ChannelPattern? pattern = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var binder = new ParameterBinder(payloads, services.GetRequiredService<IServiceProviderIsService>(), pattern);
        var parameters = Array.ConvertAll(handler.Method.GetParameters(), binder.Bind);
        var invoker = MethodInvoker.Create(handler.Method);
        var result = ResultReader.For(handler.Method.ReturnType, kind, payloads);
        var scopes = binder.NeedsServices ? services.GetRequiredService<IServiceScopeFactory>() : null;
        return new BoundHandler(handler.Target, invoker, parameters, result, scopes).InvokeAsync;
    }
}
