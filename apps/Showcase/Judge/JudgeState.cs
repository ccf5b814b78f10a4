namespace Showcase.Judge;

/// <summary>Whether the judge executes programs.</summary>
/// <param name="IsOn">Whether it does.</param>
/// <param name="IsConfined">Whether its workers are in a sandbox.</param>
/// <param name="Sentence">The state as a sentence.</param>
internal sealed record JudgeState(bool IsOn, bool IsConfined, string Sentence)
{
    /// <summary>Decides the state.</summary>
    /// <param name="mode">The mode that the operator chose; null for the default.</param>
    /// <param name="problem">The reason why the sandbox does not work; null when it does.</param>
    /// <param name="isLoopback">Whether the server listens on loopback alone.</param>
    public static JudgeState Of(JudgeMode? mode, string? problem, bool isLoopback) => (mode, problem) switch
    {
        (JudgeMode.Off, _) => new(false, false, "The judge executes no programs: it was switched off with --judge off."),
        (_, null) => new(true, true, "The judge executes programs in a sandbox (bubblewrap)."),
        (JudgeMode.Script, _) => new(true, false, $"The judge executes programs without a sandbox, as --judge script demands: {problem}"),
        _ when isLoopback => new(true, false, $"The judge executes programs without a sandbox, because only this machine reaches the server: {problem}"),
        _ => new(false, false, $"The judge executes no programs, because other machines reach the server and the sandbox does not work: {problem} Install bubblewrap, or accept the risk with --judge script."),
    };

    /// <summary>The state of a judge whose worker does not execute programs.</summary>
    /// <param name="failure">The reason.</param>
    public static JudgeState Broken(string failure) => new(false, false, $"The judge executes no programs, because its worker does not: {failure}");
}
