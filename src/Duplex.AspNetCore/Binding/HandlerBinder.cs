using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Binding;

/// <summary>
/// Creates handlers from an application's functions. The binder reflects over a delegate once, when it is registered, and
/// throws if a parameter cannot be bound.
/// </summary>
internal sealed class HandlerBinder(IServiceProvider services)
{
    public const string TrimWarning =
        "This overload binds the handler by reflection over its parameters; use an overload with a HandlerContext when trimming or compiling ahead of time.";

    private readonly PayloadSerializer _payloads = services.GetRequiredService<Hub>().Payloads;

    /// <summary>Binds a delegate that returns a decision.</summary>
    /// <param name="handler">The delegate.</param>
    /// <param name="fromBoolean">Converts a bool; null if the decision needs more than true or false.</param>
    /// <param name="pattern">The pattern of the channels; null for handlers without channels.</param>
    /// <param name="hook">The name of the registration, for exception messages.</param>
    /// <exception cref="InvalidOperationException">A parameter cannot be bound, or the result is not a decision.</exception>
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
            $"The handler of {hook}{(pattern is null ? "" : $" for '{pattern.Text}'")} returns {handler.Method.ReturnType.Name}, which is not a decision: it must return {name}.Allow(...) or {name}.Deny(...){(fromBoolean is null ? "" : ", or true or false")}.");
    }

    /// <summary>Binds a delegate that is called after an event and returns no value.</summary>
    /// <param name="handler">The delegate.</param>
    /// <param name="pattern">The pattern of the channels; null for handlers without channels.</param>
    /// <param name="hook">The name of the registration, for exception messages.</param>
    /// <exception cref="InvalidOperationException">A parameter cannot be bound, or the handler returns a value.</exception>
    [RequiresUnreferencedCode(TrimWarning), RequiresDynamicCode(TrimWarning)]
    public Handler Bind(Delegate handler, ChannelPattern? pattern = null, [CallerMemberName] string hook = "")
    {
        if (!TypeOf(handler).IsNothing)
        {
            throw new InvalidOperationException(
                $"The handler of {hook}{(pattern is null ? "" : $" for '{pattern.Text}'")} returns {handler.Method.ReturnType.Name}, but the result would be ignored: it must return void, Task or ValueTask.");
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

    /// <summary>Binds a delegate that returns the data of a reply.</summary>
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

    /// <summary>Binds a function of the payload and the context that returns a decision, without reflection.</summary>
    /// <param name="handler">The function.</param>
    /// <param name="isOptional">Whether the function is called with null if there is no payload; otherwise the client receives an error.</param>
    public Handler<T> BindDecision<TMessage, T>(Func<TMessage, HandlerContext, ValueTask<T>> handler, bool isOptional = false)
        where T : Decision
    {
        Check<TMessage>(handler);
        return context => handler(Read<TMessage>(context, isOptional), context);
    }

    /// <summary>Binds a function of the payload and the context that returns no value, without reflection.</summary>
    public Handler Bind<TMessage>(Func<TMessage, HandlerContext, ValueTask> handler)
    {
        Check<TMessage>(handler);
        return context => handler(Read<TMessage>(context, isOptional: false), context);
    }

    /// <summary>Binds a function of the payload and the context that returns the data of a reply, without reflection.</summary>
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

    // An async lambda with a client and a context matches the overload with a payload and a context, which would deserialize the client from the payload.
    private static void Check<TMessage>(Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (typeof(TMessage) == typeof(HandlerContext) || typeof(TMessage) == typeof(CancellationToken) || typeof(TMessage).IsAssignableTo(typeof(ClientContext)))
            throw new InvalidOperationException($"{typeof(TMessage).Name} is not a payload type: use the property of the HandlerContext.");
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
