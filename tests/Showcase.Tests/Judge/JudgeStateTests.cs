using Showcase.Judge;

namespace Showcase.Tests.Judge;

public sealed class JudgeStateTests
{
    [Theory]
    [InlineData(null, null, true, true, true)]
    [InlineData(null, null, false, true, true)]
    [InlineData(null, "it failed.", true, true, false)]
    [InlineData(null, "it failed.", false, false, false)]
    [InlineData(JudgeMode.Script, "it failed.", false, true, false)]
    [InlineData(JudgeMode.Script, null, false, true, true)]
    [InlineData(JudgeMode.Off, null, true, false, false)]
    public void Programs_are_executed_without_a_sandbox_on_loopback_or_on_demand_only(JudgeMode? mode, string? problem, bool isLoopback, bool isOn, bool isConfined)
    {
        var state = JudgeState.Of(mode, problem, isLoopback);
        Assert.Equal((isOn, isConfined), (state.IsOn, state.IsConfined));
        if (problem is not null) Assert.Contains(problem, state.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_judge_whose_worker_fails_is_off_and_gives_the_reason()
    {
        var state = JudgeState.Broken("it failed.");
        Assert.False(state.IsOn);
        Assert.Contains("it failed.", state.Sentence, StringComparison.Ordinal);
    }
}
