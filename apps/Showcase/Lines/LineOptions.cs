namespace Showcase.Lines;

/// <summary>The limits of the lines that visitors open.</summary>
public sealed class LineOptions
{
    /// <summary>The maximum number of lines of a user; visitors without a key count as one user. Default 4; at least 1.</summary>
    public int LinesPerPerson { get; set; } = 4;

    /// <summary>The maximum number of lines. Default 40; 0 turns lines off.</summary>
    public int MaxLines { get; set; } = 40;

    /// <summary>The time without a connection and without a request after which a line is closed. Default 10 minutes; more than zero.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    internal bool AreValid => LinesPerPerson >= 1 && MaxLines >= 0 && IdleTimeout > TimeSpan.Zero;
}
