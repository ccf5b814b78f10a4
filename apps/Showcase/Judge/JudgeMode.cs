namespace Showcase.Judge;

/// <summary>Whether the judge executes programs.</summary>
public enum JudgeMode
{
    /// <summary>It executes JavaScript.</summary>
    Script,

    /// <summary>It executes nothing.</summary>
    Off,
}
