using Duplex.Configuration;

namespace Showcase.Stage;

/// <summary>The limits of the stages.</summary>
public sealed class StageOptions
{
    /// <summary>The time after which a show ends whose speaker has no media connection. Default 30 s.</summary>
    [TimeRange("00:00:00.100", "01:00:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum number of media connections of all stages. Default 1,000.</summary>
    [NumberRange(1, 100_000, "connections")]
    public int MaxConnections { get; set; } = 1000;

    /// <summary>The maximum number of media connections per address. Default 200.</summary>
    [NumberRange(1, 100_000, "connections")]
    public int ConnectionsPerAddress { get; set; } = 200;

    /// <summary>The maximum number of messages retained in the chat of a stage; at least the questions of a show. Default 1,000.</summary>
    [NumberRange(StageRules.MaxQuestions, 100_000, "messages")]
    public int MessagesPerStage { get; set; } = 1000;

    /// <summary>Whether a stage without a speaker shows the test card. Default true.</summary>
    public bool ShowsTestCard { get; set; } = true;
}
