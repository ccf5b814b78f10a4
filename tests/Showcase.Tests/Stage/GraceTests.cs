using System.Text.Json;

namespace Showcase.Tests.Stage;

/// <summary>A stage whose speaker does not return.</summary>
public sealed class GraceTests : StageSession
{
    private protected override TimeSpan Grace => TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task The_show_ends_and_the_stage_is_free_for_another_person()
    {
        await using var bob = await Showcase.ConnectAsync("bob");
        await bob.SubscribeAsync("stage:main");
        await using (await OnStageAsync()) await StateAsync(bob, IsLive);
        await StateAsync(bob, static state => state.GetProperty("show").ValueKind == JsonValueKind.Null);
        await bob.CallAsync("stage.open", Open);
    }
}
