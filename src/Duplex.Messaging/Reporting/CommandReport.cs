using System.Diagnostics;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Reporting;

/// <summary>
/// Reports one command of a client from its start to its outcome: a refusal is logged and counted, and the duration and an
/// activity are recorded when there are listeners. Without listeners, a command that completes synchronously allocates nothing.
/// </summary>
internal readonly struct CommandReport
{
    private readonly CommandReports _reports;
    private readonly ClientContext _client;
    private readonly string _method;
    private readonly string _target;
    private readonly Activity? _activity;
    private readonly long _start;

    internal CommandReport(CommandReports reports, ClientContext client, string method, string target, Activity? activity)
    {
        (_reports, _client, _method, _target, _activity) = (reports, client, method, target, activity);
        _start = reports.Metrics.MeasuresCommands ? Stopwatch.GetTimestamp() : 0;
    }

    /// <summary>Ends the report when the command completes.</summary>
    public ValueTask<Outcome<Result>> EndAsync<T>(ValueTask<Outcome<T>> work)
        where T : Result
    {
        if (work.IsCompletedSuccessfully) return new(End(work.Result));

        // The awaited work has captured the activity; the next command of the same stack must not use it.
        if (_activity is not null) Activity.Current = _activity.Parent;
        return AwaitAsync(work);
    }

    /// <summary>Ends the report of a command.</summary>
    public Outcome<Result> End<T>(Outcome<T> outcome)
        where T : Result
    {
        var error = outcome.IsSuccess ? null : HubMetrics.TextOf(outcome.Error?.Code ?? outcome.Disconnect!.Code);
        if (!outcome.IsSuccess)
        {
            _reports.Metrics.Refused(_method, outcome.Error?.Code ?? outcome.Disconnect!.Code);
            if (outcome.Error is not null) _reports.Reports.Refused(_client, _method, _target, outcome.Error);
            else outcome = _reports.Reports.Refused(_client, _method, _target, outcome.Disconnect!);
        }

        if (_start != 0) _reports.Metrics.CommandEnded(_method, _start, error);
        if (_activity is null) return ResultOf(outcome);
        if (error is not null) HubActivities.Fail(_activity, error, outcome.Error?.Message ?? outcome.Disconnect!.Reason);
        _activity.Dispose();
        return ResultOf(outcome);
    }

    private static Outcome<Result> ResultOf<T>(Outcome<T> outcome)
        where T : Result => outcome.IsSuccess ? outcome.Value : outcome.Failure<Result>();

    private async ValueTask<Outcome<Result>> AwaitAsync<T>(ValueTask<Outcome<T>> work)
        where T : Result
    {
        try
        {
            return End(await work.ConfigureAwait(false));
        }
        catch (Exception exception) when (_activity is not null)
        {
            HubActivities.Fail(_activity, exception.GetType().FullName!, exception.Message);
            _activity.Dispose();
            throw;
        }
    }
}
