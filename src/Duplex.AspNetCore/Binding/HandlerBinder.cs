using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Binding;

/// <summary>
/// Makes handlers of an application's functions. The reflection over delegates happens here, once, while the application is
/// built: what cannot be bound fails then.
/// </summary>
internal sealed class HandlerBinder(IServiceProvider services)
{
    public const string TrimWarning =
        "This binds the handler by reflection over its parameters; take an overload with a HandlerContext when trimming or compiling ahead of time.";

    private readonly PayloadSerializer _payloads = services.GetRequiredService<Hub>().Payloads;

    /// <summary>A delegate that decides.</summary>
    /// <param name="handler">The delegate.</param>
    /// <param name="fromBoolean">Reads a bool; null where true and false would say too little.</param>
    /// <param name="pattern">The pattern of the channels; null where there is none.</param>
    /// <param name="hook">The name of the registration.</param>
    /// <exception cref="InvalidOperationException">A parameter cannot be bound, or the result is no decision.</exception>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public Handler<T> BindDecision<T>(
        Delegate handler, Func<bool, T>? fromBoolean = null, ChannelPattern? pattern = null, [CallerMemberName] string hook = "")
        where T : Decision
    {
        var type = TypeOf(handler);
        if (type.Value == typeof(T)) return Bind(handler, pattern, type.Reader<T>(static (T decision) => decision));
        if (fromBoolean is not null && type.Value == typeof(bool)) return Bind(handler, pattern, type.Reader<T>(fromBoolean));
        var name = typeof(T).Name;
        throw new InvalidOperationException(
            $"The handler of {hook}{(pattern is null ? "" : $" for '{pattern.Text}'")} returns {handler.Method.ReturnType.Name}, which decides nothing: it must return {name}.Allow(...) or {name}.Deny(...){(fromBoolean is null ? "" : ", or true or false")}.");
    }

    /// <summary>A delegate that is called about something that has happened.</summary>
    /// <param name="handler">The delegate.</param>
    /// <param name="pattern">The pattern of the channels; null where there is none.</param>
    /// <param name="hook">The name of the registration.</param>
    /// <exception cref="InvalidOperationException">A parameter cannot be bound, or the handler returns something.</exception>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public Handler Bind(Delegate handler, ChannelPattern? pattern = null, [CallerMemberName] string hook = "")
    {
        if (!TypeOf(handler).IsNothing)
        {
            throw new InvalidOperationException(
                $"The handler of {hook}{(pattern is null ? "" : $" for '{pattern.Text}'")} returns {handler.Method.ReturnType.Name}, which nothing reads: it must return nothing, Task or ValueTask.");
        }

        var bound = Bind<Task?>(handler, pattern, static result =>
        {
            var call = ReturnType.ReadNothingAsync(result);
            return call.IsCompletedSuccessfully ? default : new(call.AsTask());
        });
        return async context =>
        {
            if (await bound(context).ConfigureAwait(false) is { } call) await call.ConfigureAwait(false);
        };
    }

    /// <summary>A delegate that returns the data of a reply.</summary>
    /// <exception cref="InvalidOperationException">A parameter cannot be bound.</exception>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public Handler<object?> BindCall(Delegate handler)
    {
        var type = TypeOf(handler);
        if (!type.IsNothing) return Bind(handler, null, type.Reader<object?>(ReplyReader.For(type.Value, _payloads)));
        return Bind<object?>(handler, null, static async result =>
        {
            await ReturnType.ReadNothingAsync(result).ConfigureAwait(false);
            return null;
        });
    }

    /// <summary>A function of the payload and the context that decides, without reflection.</summary>
    /// <param name="handler">The function.</param>
    /// <param name="isOptional">Whether it is called with null where there is no payload, in place of an error.</param>
    public Handler<T> BindDecision<TMessage, T>(Func<TMessage, HandlerContext, ValueTask<T>> handler, bool isOptional = false)
        where T : Decision
    {
        Check<TMessage>(handler);
        return context => handler(Read<TMessage>(context, isOptional), context);
    }

    /// <summary>A function of the payload and the context that is called about something that has happened, without reflection.</summary>
    public Handler Bind<TMessage>(Func<TMessage, HandlerContext, ValueTask> handler)
    {
        Check<TMessage>(handler);
        return context => handler(Read<TMessage>(context, isOptional: false), context);
    }

    /// <summary>A function of the payload and the context that returns the data of a reply, without reflection.</summary>
    public Handler<object?> BindCall<TRequest, TResult>(Func<TRequest, HandlerContext, ValueTask<TResult>> handler)
    {
        Check<TRequest>(handler);
        return context =>
        {
            var call = handler(Read<TRequest>(context, isOptional: false), context);
            return call.IsCompletedSuccessfully ? new(ReplyReader.Read(call.Result, _payloads)) : WaitAsync(call);
        };

        async ValueTask<object?> WaitAsync(ValueTask<TResult> call) => ReplyReader.Read(await call.ConfigureAwait(false), _payloads);
    }

    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    private static ReturnType TypeOf(Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new ReturnType(handler.Method.ReturnType);
    }

    // An async lambda of a client and a context fits the overload of a payload and a context, and would read the client from the payload.
    private static void Check<TMessage>(Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (typeof(TMessage) == typeof(HandlerContext) || typeof(TMessage) == typeof(CancellationToken) || typeof(TMessage).IsAssignableTo(typeof(ClientContext)))
            throw new InvalidOperationException($"{typeof(TMessage).Name} is no payload: take it from the HandlerContext.");
    }

    private TMessage Read<TMessage>(HandlerContext context, bool isOptional) =>
        (TMessage)PayloadReader.Read(_payloads, context.Data, typeof(TMessage), isOptional)!;

    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    private Handler<T> Bind<T>(Delegate handler, ChannelPattern? pattern, Func<object?, ValueTask<T>> read)
    {
        var binder = new ParameterBinder(_payloads, services.GetRequiredService<IServiceProviderIsService>(), pattern);
        var parameters = Array.ConvertAll(handler.Method.GetParameters(), binder.Bind);
        return new BoundHandler<T>(handler.Target, MethodInvoker.Create(handler.Method), parameters, read).InvokeAsync;
    }
}
