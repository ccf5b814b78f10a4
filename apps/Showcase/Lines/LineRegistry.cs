using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Options;

namespace Showcase.Lines;

/// <summary>Holds the lines that visitors have opened, within limits, and closes those that nobody uses. Safe from any thread.</summary>
public sealed class LineRegistry(IOptions<LineOptions> options, TimeProvider time) : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private ITimer? _sweep;

    /// <summary>The number of lines.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>Opens a line; returns the reason when a limit forbids it.</summary>
    /// <param name="id">The line's id, which is hard to guess: whoever has it controls the line.</param>
    /// <param name="user">The user; empty for a visitor without a key.</param>
    /// <param name="target">The address to which the line forwards.</param>
    /// <param name="settings">The properties of the line.</param>
    /// <param name="line">The line.</param>
    public string? TryOpen(string id, string user, IPEndPoint target, LineSettings settings, out Line? line)
    {
        line = null;
        lock (_lock)
        {
            if (_entries.Count >= options.Value.MaxLines)
                return options.Value.MaxLines == 0 ? "Lines are turned off." : "All lines are in use: try again later.";
            if (_entries.Values.Count(entry => entry.User == user) >= options.Value.LinesPerPerson)
                return $"You have {options.Value.LinesPerPerson} lines, which is the maximum: close a page that uses one.";
            line = new Line(target, settings, time);
            _entries.Add(id, new Entry(line, user) { UsedAt = time.GetTimestamp() });
        }

        return null;
    }

    /// <summary>Finds a line and counts that as its use.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out Line? line)
    {
        lock (_lock)
        {
            var isFound = _entries.TryGetValue(id, out var entry);
            if (isFound) entry!.UsedAt = time.GetTimestamp();
            line = entry?.Line;
            return isFound;
        }
    }

    /// <summary>Closes a line; returns false when there is none.</summary>
    public async ValueTask<bool> CloseAsync(string id)
    {
        Entry? entry;
        lock (_lock) _entries.Remove(id, out entry);
        if (entry is null) return false;
        await entry.Line.DisposeAsync();
        return true;
    }

    /// <summary>Starts closing the lines that nobody uses.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var period = options.Value.IdleTimeout / 10;
        _sweep = time.CreateTimer(static registry => ((LineRegistry)registry!).CloseIdle(), this, period, period);
        return Task.CompletedTask;
    }

    /// <summary>Closes all lines.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        string[] ids;
        lock (_lock) ids = [.. _entries.Keys];
        foreach (var id in ids) await CloseAsync(id);
    }

    /// <summary>Stops closing the lines that nobody uses.</summary>
    public void Dispose() => _sweep?.Dispose();

    private void CloseIdle()
    {
        foreach (var id in Idle()) _ = CloseAsync(id).AsTask();
    }

    private List<string> Idle()
    {
        var idle = new List<string>();
        lock (_lock)
        {
            foreach (var (id, entry) in _entries)
            {
                if (entry.Line.Counts().Open > 0) entry.UsedAt = time.GetTimestamp();
                else if (time.GetElapsedTime(entry.UsedAt) >= options.Value.IdleTimeout) idle.Add(id);
            }
        }

        return idle;
    }

    private sealed record Entry(Line Line, string User)
    {
        public long UsedAt { get; set; }
    }
}
