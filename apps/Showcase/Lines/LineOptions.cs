using Duplex.Configuration;

namespace Showcase.Lines;

/// <summary>The limits of the lines that visitors open.</summary>
public sealed class LineOptions
{
    /// <summary>The maximum number of lines of a user; visitors without a key count as one user. Default 16: two windows of the laboratory use 12.</summary>
    [NumberRange(1, int.MaxValue, "lines")]
    public int LinesPerPerson { get; set; } = 16;

    /// <summary>The maximum number of lines. Default 40; 0 turns lines off.</summary>
    [NumberRange(0, int.MaxValue, "lines")]
    public int MaxLines { get; set; } = 40;

    /// <summary>The time without a connection and without a request after which a line is closed. Default 10 minutes.</summary>
    [TimeRange("00:00:01", "30.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);
}
