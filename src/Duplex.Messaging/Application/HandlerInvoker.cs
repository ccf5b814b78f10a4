using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Application;

/// <summary>
/// Calls the application's handlers. An exception becomes the error of the command. When a handler does not return within
/// <see cref="HubOptions.HandlerTimeout"/>, its token is cancelled and its command fails; its later result is dropped.
/// </summary>
internal sealed class HandlerInvoker(
    ApplicationModel application, HubOptions options, HubClock clock, HubMetrics metrics, HubReports reports, OpenWork work)
{
    /// <summary>Calls a handler for a decision. Only a decision that allows is a success: null denies.</summary>
    public ValueTask<Outcome<T>> DecideAsync<T>(Handler<T> handler, HandlerContext context)
        where T : Decision =>
        CallAsync(handler, static (handler, context) => handler(context), context, static decision => OutcomeOf(decision));

    /// <summary>Calls a method.</summary>
    public ValueTask<Outcome<RpcResult>> CallAsync(Handler<object?> handler, HandlerContext context, PayloadSerializer payloads) =>
        CallAsync((handler, payloads), static (call, context) => ReadAsync(call.handler(context), call.payloads), context, static outcome => outcome);

    /// <summary>Calls a handler after an event, without awaiting it.</summary>
    public void Notify(Handler handler, HandlerContext context) =>
        _ = CallAsync(handler, static (handler, context) => ResultOf(handler(context)), context, static done => done).AsTask();

    /// <summary>Calls a handler for the values of keys.</summary>
    /// <exception cref="TimeoutException">The handler did not return in time.</exception>
    public async ValueTask<IReadOnlyList<PolledItem>> PollAsync(PollHandler handler, PollContext context)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(work.Stopping);
        context.CancellationToken = end.Token;
        var task = handler(context).AsTask();
        if (await HasEndedAsync(task).ConfigureAwait(false))
        {
            end.Dispose();
            return await task.ConfigureAwait(false);
        }

        _ = end.CancelAsync();
        _ = AbandonAsync(task, "poll", null);
        throw new TimeoutException($"The handler did not return within {options.HandlerTimeout}.");
    }

    private static Outcome<T> OutcomeOf<T>(T? decision)
        where T : Decision
    {
        if (decision is { IsAllowed: true }) return decision;
        if (decision?.Disconnect is { } disconnect) return disconnect;
        return decision?.Error ?? ClientErrors.PermissionDenied.Because(
            decision is null ? "The handler returned null, which denies." : "The handler denied the command.", false);
    }

    private static ValueTask<Outcome<Done>> ResultOf(ValueTask call)
    {
        return call.IsCompletedSuccessfully ? new(Done.Instance) : WaitAsync(call);

        static async ValueTask<Outcome<Done>> WaitAsync(ValueTask call)
        {
            await call.ConfigureAwait(false);
            return Done.Instance;
        }
    }

    private static ValueTask<Outcome<RpcResult>> ReadAsync(ValueTask<object?> call, PayloadSerializer payloads)
    {
        return call.IsCompletedSuccessfully ? new(Read(call.Result, payloads)) : WaitAsync(call, payloads);

        static async ValueTask<Outcome<RpcResult>> WaitAsync(ValueTask<object?> call, PayloadSerializer payloads) =>
            Read(await call.ConfigureAwait(false), payloads);

        static Outcome<RpcResult> Read(object? result, PayloadSerializer payloads) =>
            result is ClientError error ? error : new RpcResult { Data = payloads.SerializeObject(result) };
    }

    private ValueTask<Outcome<T>> CallAsync<THandler, TResult, T>(
        THandler handler, Func<THandler, HandlerContext, ValueTask<TResult>> call, HandlerContext context, Func<TResult, Outcome<T>> read)
        where T : class =>
        HandlerReport.IsObserved(metrics)
            ? HandlerReport.Begin(metrics, context).EndAsync(InvokeAsync(handler, call, context, read))
            : InvokeAsync(handler, call, context, read);

    private ValueTask<Outcome<T>> InvokeAsync<THandler, TResult, T>(
        THandler handler, Func<THandler, HandlerContext, ValueTask<TResult>> call, HandlerContext context, Func<TResult, Outcome<T>> read)
        where T : class
    {
        context.Scopes = application.Scopes;
        context.Stopping = work.Stopping;
        ValueTask<TResult> result;
        try
        {
            result = call(handler, context);
            if (result.IsCompletedSuccessfully && !context.HasResources) return new(read(result.Result));
        }
        catch (Exception exception)
        {
            if (!context.HasResources) return new(FailureOf<T>(exception, context));
            result = ValueTask.FromException<TResult>(exception);
        }

        return WaitAsync(result, context, read);
    }

    private async ValueTask<Outcome<T>> WaitAsync<TResult, T>(ValueTask<TResult> call, HandlerContext context, Func<TResult, Outcome<T>> read)
        where T : class
    {
        work.Begin();
        var isAbandoned = false;
        try
        {
            if (call.IsCompleted) return read(await call.ConfigureAwait(false));
            var task = call.AsTask();
            if (await HasEndedAsync(task).ConfigureAwait(false)) return read(await task.ConfigureAwait(false));
            isAbandoned = true;
            reports.HandlerTimedOut(context.Type, context.Target, context.Client.Id, options.HandlerTimeout!.Value);
            _ = context.CancelAsync();
            _ = AbandonAsync(task, context.Type, context);
            return ClientErrors.Internal;
        }
        catch (Exception exception)
        {
            return FailureOf<T>(exception, context);
        }
        finally
        {
            if (!isAbandoned) await EndAsync(context).ConfigureAwait(false);
            work.End();
        }
    }

    /// <summary>Awaits a handler until its time limit; false when the limit is over.</summary>
    private async ValueTask<bool> HasEndedAsync(Task task)
    {
        if (options.HandlerTimeout is not { } limit)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        }

        await task.WaitAsync(limit, clock.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    // The result is not awaited any more, but the handler's services must remain valid until it returns.
    private async Task AbandonAsync(Task task, string type, HandlerContext? context)
    {
        metrics.HandlerAbandoned(type);
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        metrics.AbandonedHandlerEnded(type);
        if (context is not null) await EndAsync(context).ConfigureAwait(false);
    }

    // The handler's outcome is valid even when disposing its services fails.
    private async ValueTask EndAsync(HandlerContext context)
    {
        try
        {
            await context.EndAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            reports.HandlerFailed(exception, context.Target, context.Client.Id);
        }
    }

    private Outcome<T> FailureOf<T>(Exception exception, HandlerContext context)
        where T : class
    {
        switch (exception)
        {
            case ClientException client: return client.Error;
            case DisconnectException disconnect: return disconnect.Disconnect;
            case OperationCanceledException when context.Client.Disconnected.IsCancellationRequested: return Disconnects.ConnectionClosed;
            case OperationCanceledException when work.IsStopping: return Disconnects.Shutdown;
            default:
                reports.HandlerFailed(exception, context.Target, context.Client.Id);
                return ClientErrors.Internal;
        }
    }
}
