using LoadTool.Measuring;

namespace LoadTool;

/// <summary>Options that the loads share.</summary>
internal sealed record LoadOptions
{
    public int Connections { get; init; } = 100;

    public int Payload { get; init; } = 32;

    public int Depth { get; init; } = 1;

    public int Rate { get; init; } = 10_000;

    public int Channels { get; init; } = 1;

    public int Slow { get; init; }

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(4);

    public ServerProcess? Server { get; init; }
}
