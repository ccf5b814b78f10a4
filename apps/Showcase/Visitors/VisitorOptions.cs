namespace Showcase.Visitors;

/// <summary>What a connection may do.</summary>
public sealed class VisitorOptions
{
    /// <summary>Calls a connection may make at once. Default 100.</summary>
    public int CallBurst { get; set; } = 100;

    /// <summary>Calls a connection may make per second in the long run. Default 40.</summary>
    public int CallsPerSecond { get; set; } = 40;
}
