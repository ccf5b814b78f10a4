using Duplex.Configuration;

namespace Showcase.Support;

/// <summary>The limits and times of the helpdesk.</summary>
public sealed class SupportOptions
{
    /// <summary>The maximum number of cases; a further one replaces the oldest, closed ones first. Default 1,000.</summary>
    [NumberRange(1, 10_000, "cases")]
    public int MaxCases { get; set; } = 1000;

    /// <summary>The maximum number of messages, and of notes, retained per case; older ones are removed. Default 300.</summary>
    [NumberRange(1, 10_000, "messages")]
    public int MessagesPerCase { get; set; } = 300;

    /// <summary>The maximum number of open cases of a visitor. Default 3.</summary>
    [NumberRange(1, 100, "cases")]
    public int OpenCasesPerVisitor { get; set; } = 3;

    /// <summary>The key that agents need; null when anybody may be one. Default null.</summary>
    public string? Key { get; set; }

    /// <summary>The time without a connection after which an agent's seat is free and the cases return to the queue. Default 60 seconds.</summary>
    [TimeRange("00:00:01", "01:00:00")]
    public TimeSpan AbsenceLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The time after which the automatic helper answers when no agent is at the desk. Default 3 seconds.</summary>
    [TimeRange("00:00:01", "01:00:00")]
    public TimeSpan HelperDelay { get; set; } = TimeSpan.FromSeconds(3);
}
