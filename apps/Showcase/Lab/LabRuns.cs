using System.Diagnostics.CodeAnalysis;
using Duplex.Messaging;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;
using Showcase.Hosting;

namespace Showcase.Lab;

/// <summary>Holds the runs and writes their events. A person has one run: starting another ends it. Safe from any thread.</summary>
internal sealed class LabRuns(IHub hub, IOptions<LabOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LabRun> _runs = [];

    /// <summary>The number of runs.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _runs.Count;
        }
    }

    /// <summary>Starts a run.</summary>
    /// <exception cref="ClientException">400 for settings out of range, 429 when there are too many runs.</exception>
    public LabRun Start(string user, LabSettings settings)
    {
        if (settings.Fault() is { } fault) throw new ClientException(400, fault);
        var run = new LabRun(SecretId.New(), user, settings, options.Value.WaitersPerRun, time);
        LabRun? earlier;
        lock (_lock)
        {
            earlier = _runs.Values.FirstOrDefault(other => other.User == user);
            if (earlier is not null) _runs.Remove(earlier.Id);
            else if (_runs.Count >= options.Value.MaxRuns)
                throw new ClientException(429, "The laboratory has no place for another run: try again in a minute.", isTemporary: true);
            _runs.Add(run.Id, run);
        }

        earlier?.Dispose();
        _ = WriteAsync(run);
        return run;
    }

    /// <summary>Finds a run.</summary>
    public bool TryFind(string? id, [NotNullWhen(true)] out LabRun? run)
    {
        lock (_lock) return _runs.TryGetValue(id ?? "", out run);
    }

    /// <summary>Ends the run of a user; nothing happens when it is another's.</summary>
    public void Stop(string? id, string user)
    {
        if (TryFind(id, out var run) && run.User == user) Remove(run);
    }

    /// <summary>Pauses the run of a user, or resumes it; nothing happens when it is another's.</summary>
    public void Pause(string? id, string user, bool isPaused)
    {
        if (TryFind(id, out var run) && run.User == user) run.Pause(isPaused);
    }

    private async Task WriteAsync(LabRun run)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Ended, lifetime.ApplicationStopping);
        var start = time.GetTimestamp();
        var paused = TimeSpan.Zero;
        try
        {
            while (true)
            {
                await Task.Delay(run.Settings.Pause(Random.Shared), time, stop.Token);
                var reached = time.GetTimestamp();
                await ResumedAsync(run, stop.Token);
                paused += time.GetElapsedTime(reached);
                if (time.GetElapsedTime(start) - paused >= run.Settings.Duration) break;
                await hub.PublishAsync(LabEndpoints.ChannelOf(run), run.Write().Json, cancellationToken: stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The run was ended or paused for too long, or the server stops.
        }
        finally
        {
            Remove(run);
        }
    }

    // A run that is paused for longer than any run lasts ends.
    private async ValueTask ResumedAsync(LabRun run, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(LabSettings.LongestPause, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        await run.ResumedAsync(either.Token);
    }

    private void Remove(LabRun run)
    {
        bool isRemoved;
        lock (_lock) isRemoved = _runs.Remove(run.Id);
        if (isRemoved) run.Dispose();
    }
}
