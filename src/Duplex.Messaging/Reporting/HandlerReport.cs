using System.Diagnostics;
using Duplex.Messaging.Application;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Reporting;

/// <summary>Reports one call of a handler: its duration and an activity, when there are listeners.</summary>
internal readonly struct HandlerReport
{
    private readonly HubMetrics _metrics;
    private readonly string _type;
    private readonly Activity? _activity;
    private readonly long _start;

    private HandlerReport(HubMetrics metrics, HandlerContext context)
    {
        (_metrics, _type) = (metrics, context.Type);
        _start = metrics.MeasuresHandlers ? Stopwatch.GetTimestamp() : 0;
        _activity = HubActivities.StartHandler(context.Type, context.Target);
    }

    /// <summary>Whether there are listeners for anything that would be recorded.</summary>
    public static bool IsObserved(HubMetrics metrics) => metrics.MeasuresHandlers || HubActivities.IsObserved;

    /// <summary>Starts the report of a call. <see cref="EndAsync"/> follows on the same stack.</summary>
    public static HandlerReport Begin(HubMetrics metrics, HandlerContext context) => new(metrics, context);

    /// <summary>Ends the report when the call completes.</summary>
    public ValueTask<Outcome<T>> EndAsync<T>(ValueTask<Outcome<T>> call)
        where T : class
    {
        if (call.IsCompletedSuccessfully) return new(End(call.Result));
        if (_activity is not null) Activity.Current = _activity.Parent;
        return AwaitAsync(call);
    }

    private async ValueTask<Outcome<T>> AwaitAsync<T>(ValueTask<Outcome<T>> call)
        where T : class => End(await call.ConfigureAwait(false));

    private Outcome<T> End<T>(Outcome<T> outcome)
        where T : class
    {
        var error = outcome.IsSuccess ? null : HubMetrics.TextOf(outcome.Error?.Code ?? outcome.Disconnect!.Code);
        if (_start != 0) _metrics.HandlerEnded(_type, _start, error);
        if (_activity is null) return outcome;
        if (error is not null) HubActivities.Fail(_activity, error, outcome.Error?.Message ?? outcome.Disconnect!.Reason);
        _activity.Dispose();
        return outcome;
    }
}
