using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Application;

/// <summary>Calls the handlers of the application. An exception becomes the outcome of the command. Safe from any thread.</summary>
internal sealed class HandlerInvoker(ApplicationModel application, OpenWork work, HubMetrics metrics, HubReports reports)
{
    /// <summary>Calls a handler; what it throws becomes the command's error.</summary>
    public ValueTask<Outcome<HandlerResult>> CallAsync(Handler handler, HandlerContext context) =>
        HandlerReport.IsObserved(metrics) ? HandlerReport.Begin(metrics, context).EndAsync(InvokeAsync(handler, context)) : InvokeAsync(handler, context);

    private ValueTask<Outcome<HandlerResult>> InvokeAsync(Handler handler, HandlerContext context)
    {
        context.Scopes = application.Scopes;
        ValueTask<object?> call;
        try
        {
            call = handler(context);
            if (call.IsCompletedSuccessfully && !context.HasScope) return new(ResultOf(call.Result));
        }
        catch (Exception exception)
        {
            if (!context.HasScope) return new(FailureOf(exception, context));
            call = ValueTask.FromException<object?>(exception);
        }

        return WaitAsync(call, context);
    }

    /// <summary>Calls a handler whose result nobody waits for.</summary>
    public void Notify(Handler handler, HandlerContext context) => _ = CallAsync(handler, context).AsTask();

    private static Outcome<HandlerResult> ResultOf(object? result) =>
        result is ClientError error ? error : HandlerResult.Of(result);

    private async ValueTask<Outcome<HandlerResult>> WaitAsync(ValueTask<object?> call, HandlerContext context)
    {
        work.Begin();
        try
        {
            return ResultOf(await call.ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            return FailureOf(exception, context);
        }
        finally
        {
            await EndAsync(context).ConfigureAwait(false);
        }
    }

    // What the handler said holds, whatever its services do when they are disposed.
    private async ValueTask EndAsync(HandlerContext context)
    {
        try
        {
            await context.EndScopeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            reports.HandlerFailed(exception, context.Target, context.Client.Id);
        }
        finally
        {
            work.End();
        }
    }

    private Outcome<HandlerResult> FailureOf(Exception exception, HandlerContext context)
    {
        switch (exception)
        {
            case ClientException client: return client.Error;
            case DisconnectException disconnect: return disconnect.Disconnect;
            case OperationCanceledException when context.CancellationToken.IsCancellationRequested: return Disconnects.ConnectionClosed;
            default:
                reports.HandlerFailed(exception, context.Target, context.Client.Id);
                return ClientErrors.Internal;
        }
    }
}
