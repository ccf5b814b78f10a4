using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Sports;

/// <summary>A scout reports a match, and a fan watches it elsewhere.</summary>
public sealed class FriendlyTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_goal_is_seen_in_the_list_and_the_match_in_one_frame_and_a_cancelled_one_falls_back_for_both_people()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        await using var eve = await PersonAsync("Eve");
        var desk = await SportsPage.OpenFriendlyAsync(ada, "Reds", "Blues");
        var fan = await SportsPage.OpenAsync(bob.Page, desk.Path);
        var reader = await SportsPage.ListAsync(eve.Page);
        await desk.BeginAsync("Kick off");
        await Expect(fan.Timeline).ToHaveCountAsync(1);
        await ObserveFramesAsync(fan);

        var watch = Stopwatch.StartNew();
        await desk.ReportAsync("Reds", "Goal", "Number 9");
        await fan.HasScoreAsync("1–0");
        TestContext.Current.SendDiagnosticMessage("the goal was seen after {0} ms", watch.ElapsedMilliseconds);
        await reader.ListsScoreAsync(desk.Path, "1–0");
        await Expect(reader.Row(desk.Path).Locator(".mark")).ToHaveTextAsync("Goal Reds (1' Number 9)");
        await Expect(fan.Timeline.First.Locator(".late")).ToHaveTextAsync(new Regex(@"^\d+ ms$"));

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Review" }).ClickAsync();
        await Expect(fan.Timeline.First.Locator(".standing")).ToHaveTextAsync("under review");
        await fan.HasScoreAsync("1–0");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel it" }).ClickAsync();
        foreach (var page in (SportsPage[])[fan, desk]) await page.HasScoreAsync("0–0");
        await reader.ListsScoreAsync(desk.Path, "0–0");
        await Expect(fan.Timeline).ToHaveCountAsync(2);
        await Expect(fan.Timeline.First).ToHaveAttributeAsync("data-state", "cancelled");
        await Expect(fan.Timeline.First.Locator(".standing")).ToHaveTextAsync("cancelled: video review");
        await Expect(fan.Page.Locator(".unseen", new() { HasText = "Reds" }).First).ToBeAttachedAsync();

        // Each pair is what one frame showed: the score of the match, and that of its row in the list.
        var pairs = await fan.Page.EvaluateAsync<string[]>("() => window.pairs");
        Assert.Equal(["0–0 0–0", "1–0 1–0", "0–0 0–0"], pairs);
    }

    [Fact]
    public async Task Who_was_away_reads_what_happened_and_has_everything()
    {
        await using var ada = await PersonAsync("Ann");
        await using var bob = await PersonAsync("Bob");
        var desk = await SportsPage.OpenFriendlyAsync(ada, "Greens", "Whites");
        await desk.BeginAsync("Kick off");
        var fan = await SportsPage.OpenAsync(bob.Page, desk.Path);
        await Expect(fan.Timeline).ToHaveCountAsync(1);

        await bob.LoseNetworkAsync();
        await Expect(fan.Page.Locator(".state .warn")).ToHaveTextAsync(new Regex("^not updated for"));
        await desk.ReportAsync("Greens", "Goal", "Number 7");
        await desk.ReportAsync("Whites", "Yellow card", "Number 4");
        await desk.HasScoreAsync("1–0");
        await Expect(desk.Timeline).ToHaveCountAsync(3);
        await desk.BeginAsync("Half-time");
        await desk.BeginAsync("Begin the second half");
        await bob.FindNetworkAsync();

        await Expect(fan.Page.Locator(".missed")).ToHaveTextAsync(
            new Regex(@"^While you were away \(\d+:\d\d\): 1 goal, 1 card, half-time, second half began\.$"));
        await fan.HasScoreAsync("1–0");
        await Expect(fan.Timeline).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task Reports_without_a_network_are_kept_over_a_reload_and_counted_once()
    {
        await using var ada = await PersonAsync("Amy");
        await using var bob = await PersonAsync("Bob");
        var desk = await SportsPage.OpenFriendlyAsync(ada, "Golds", "Blacks");
        await desk.BeginAsync("Kick off");
        var fan = await SportsPage.OpenAsync(bob.Page, desk.Path);

        await ada.LoseNetworkAsync();
        await desk.ReportAsync("Blacks", "Goal", "Number 10");
        await Expect(desk.Page.Locator(".desk > p")).ToHaveTextAsync("1 report is kept in this browser until the server has taken it.");
        await ada.FindNetworkAsync();
        await fan.HasScoreAsync("0–1");
        await ada.Page.ReloadAsync();
        await desk.HasScoreAsync("0–1");
        await Expect(desk.Page.Locator(".desk > p")).ToHaveTextAsync("Goals and red cards are reviewed in the timeline.");
        await Expect(fan.Timeline).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Favourites_are_those_of_every_window_and_their_goals_alone_are_reported()
    {
        await using var ada = await PersonAsync("Abe");
        await using var bob = await PersonAsync("Bob");
        var desk = await SportsPage.OpenFriendlyAsync(ada, "Larks", "Owls");
        await desk.BeginAsync("Kick off");
        var list = await SportsPage.ListAsync(bob.Page);
        var second = await SportsPage.ListAsync(await bob.NewPageAsync());
        var star = list.Row(desk.Path).GetByRole(AriaRole.Button);
        await desk.ReportAsync("Owls", "Goal", "Number 8");
        await list.ListsScoreAsync(desk.Path, "0–1");
        await Expect(list.Page.Locator(".toast")).ToHaveCountAsync(0);

        await star.ClickAsync();
        await Expect(star).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(second.Row(desk.Path).GetByRole(AriaRole.Button)).ToHaveAttributeAsync("aria-pressed", "true");
        await IsFollowingAsync(list);
        await IsFollowingAsync(second);
        await desk.ReportAsync("Larks", "Goal", "Number 11");

        foreach (var page in (SportsPage[])[list, second])
        {
            await Expect(page.Page.Locator(".toast")).ToContainTextAsync("Goal: Larks 1–1 Owls (1', Number 11)");
            await Expect(page.Page).ToHaveTitleAsync(new Regex("Goal: Larks 1–1 Owls"));
        }
    }

    [Fact]
    public async Task A_late_picture_gives_nothing_away_before_its_time()
    {
        await using var ada = await PersonAsync("Ari");
        await using var bob = await PersonAsync("Bob");
        var desk = await SportsPage.OpenFriendlyAsync(ada, "Terns", "Gulls");
        await desk.BeginAsync("Kick off");
        await desk.ReportAsync("Terns", "Goal", "Number 9");
        await desk.HasScoreAsync("1–0");
        await bob.Page.AddInitScriptAsync("localStorage.setItem('duplex.sports-delay', '60')");

        var fan = await SportsPage.OpenAsync(bob.Page, desk.Path);
        await Expect(fan.Page.GetByText("60 s late")).ToBeVisibleAsync();
        await fan.HasScoreAsync("–");
        await Expect(fan.Row(desk.Path).Locator(".result")).ToHaveTextAsync("–");
        await desk.ReportAsync("Terns", "Goal", "Number 10");
        await desk.HasScoreAsync("2–0");
        await Expect(fan.Page.Locator(".timeline li")).ToHaveCountAsync(0);

        // Without the delay, the same page shows the present at once.
        await fan.Page.GetByLabel("How late your picture is, in seconds").PressAsync("Home");
        await fan.HasScoreAsync("2–0");
        await fan.ListsScoreAsync(desk.Path, "2–0");
    }

    [Fact]
    public async Task A_row_that_is_held_back_shows_no_red_card()
    {
        await using var ada = await PersonAsync("Ann");
        await using var bob = await PersonAsync("Bob");
        var desk = await SportsPage.OpenFriendlyAsync(ada, "Crows", "Kites");
        await desk.BeginAsync("Kick off");
        await desk.ReportAsync("Kites", "Red card", "Number 5");
        var list = await SportsPage.ListAsync(bob.Page);
        var row = list.Row(desk.Path);
        await Expect(row.Locator(".reds")).ToHaveTextAsync("1 red Kites");

        await list.Page.GetByLabel("How late your picture is, in seconds").PressAsync("End");

        await list.ListsScoreAsync(desk.Path, "·–·");
        await Expect(row.Locator(".reds")).ToBeEmptyAsync();
        await Expect(row).ToHaveAttributeAsync("data-marked", "");
    }

    [Fact]
    public async Task Stoppage_time_is_announced_from_the_desk_by_keyboard()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var desk = await SportsPage.OpenFriendlyAsync(ada, "Finches", "Swifts");
        var minutes = desk.Page.GetByLabel("Minutes of stoppage time");
        await Expect(minutes).ToBeHiddenAsync();
        await desk.BeginAsync("Kick off");
        var fan = await SportsPage.OpenAsync(bob.Page, desk.Path);

        await minutes.FillAsync("31");
        await minutes.PressAsync("Enter");
        await Expect(desk.Page.Locator(".desk input:invalid")).ToHaveCountAsync(1);
        await minutes.FillAsync("4");
        await minutes.PressAsync("Enter");

        await Expect(fan.Timeline).ToHaveCountAsync(2);
        await Expect(fan.Timeline.First).ToContainTextAsync("4 min of stoppage time");
        await desk.BeginAsync("Half-time");
        await Expect(minutes).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Names_of_visitors_are_text()
    {
        await using var ada = await PersonAsync("Ace");
        var desk = await SportsPage.OpenFriendlyAsync(ada, "<img src=x onerror=alert(1)>", "\"><script>alert(2)//");
        await Expect(desk.Page.Locator(".scoreboard")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await Expect(desk.Page.Locator("main img, main script")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_desk_is_used_on_a_phone_without_scrolling_sideways()
    {
        await using var ada = await PersonAsync("Art");
        await ada.Page.SetViewportSizeAsync(390, 800);
        var desk = await SportsPage.OpenFriendlyAsync(ada, "A team with a name of thirty", "Another team with a long name");
        await desk.BeginAsync("Kick off");
        await desk.ReportAsync("Another team with a long name", "Red card", "Number 5");
        await Expect(desk.Timeline).ToHaveCountAsync(2);
        Assert.True(await ada.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"));
    }

    private static async Task ObserveFramesAsync(SportsPage fan) => await fan.Page.EvaluateAsync(
        """
        () => {
          window.pairs = [];
          const total = document.querySelector('.scoreboard .total');
          const row = document.querySelector('.score a[aria-current] .result');
          const look = () => {
            const pair = `${total.textContent} ${row.textContent}`;
            if (window.pairs.at(-1) !== pair) window.pairs.push(pair);
            requestAnimationFrame(look);
          };
          look();
        }
        """);

    private static Task IsFollowingAsync(SportsPage page) =>
        Expect(page.Page.Locator(".following")).ToHaveTextAsync("Goals of 1 favourite are reported here");

    // Each test has a scout of its own, because a person has three friendlies at a time.
    private Task<Person> PersonAsync(string name) => showcase.Browser.NewPersonAsync(showcase.Showcase.Address, name);
}
