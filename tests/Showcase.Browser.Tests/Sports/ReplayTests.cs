using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Sports;

/// <summary>The real final, and matches at 60 times their speed.</summary>
public sealed class ReplayTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task The_real_final_is_labelled_and_plays_again_at_sixty_times_its_speed()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var final = await SportsPage.OpenAsync(ada.Page, "/sports/final-2018");
        await final.HasScoreAsync("4–2");
        await Expect(final.Page.Locator(".source")).ToContainTextAsync("Replay of a real match");
        await Expect(final.Page.Locator(".line-ups h3")).ToHaveTextAsync(["France", "Croatia"]);

        await final.Page.GetByLabel("Speed").SelectOptionAsync("60");
        await final.Page.GetByRole(AriaRole.Button, new() { Name = "Play the match again" }).ClickAsync();
        await final.HasScoreAsync("0–0");
        await final.HasScoreAsync("1–0");
        await Expect(final.Timeline.First).ToContainTextAsync("Own goal Mandžukić, Croatia");
        await final.ListsScoreAsync("/sports/final-2018", "1–0");

        // The slider leads to the last minute, and the log is the same.
        await final.Page.GetByLabel("Position in the match").PressAsync("End");
        await final.HasScoreAsync("4–2");
        await final.Page.GetByRole(AriaRole.Button, new() { Name = "Show the result" }).ClickAsync();
        await Expect(final.Page.GetByLabel("Position in the match")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_match_that_is_gone_is_said_to_be_gone()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await ada.Page.GotoAsync("/sports/none");
        await Expect(ada.Page.GetByText("There is no such match.")).ToBeVisibleAsync();
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "See all matches." }).ClickAsync();
        await Expect(ada.Page.Locator(".score").First).ToBeVisibleAsync();
    }
}
