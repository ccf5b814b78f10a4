using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Lab;

/// <summary>The laboratory: the inequalities that hold on every machine, and the page itself.</summary>
public sealed class LabTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_run_shows_what_each_way_costs()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var lab = await LabPage.OpenAsync(ada, "?rate=2&times=random&poll=500&seconds=20");

        await lab.RunAsync();
        await lab.EndedAsync();

        Assert.Equal("The run has ended.", await lab.Status.InnerTextAsync());
        var requests = await lab.FigureAsync("Requests", "poll, kept");
        Assert.True(requests >= 19, $"{requests} polls");
        Assert.Equal(1, await lab.FigureAsync("Requests", "hub"));
        Assert.Equal(1, await lab.FigureAsync("Connections", "hub"));
        Assert.Equal(1, await lab.FigureAsync("Connections", "WebSocket"));
        Assert.True(await lab.FigureAsync("Connections", "poll, new") >= 19);
        Assert.True(await lab.FigureAsync("Connections", "poll, kept") < await lab.FigureAsync("Connections", "poll, new") / 2);
        Assert.True(await lab.FigureAsync("Empty responses", "poll, kept") > 0);
        Assert.True(await lab.FigureAsync("Bytes per event", "poll, kept") > 3 * await lab.FigureAsync("Bytes per event", "WebSocket"));
        Assert.True(await lab.FigureAsync("Delay p50, ms", "hub") < await lab.FigureAsync("Delay p50, ms", "poll, kept"));
        foreach (var way in LabPage.Ways)
        {
            Assert.True(await lab.FigureAsync("Up: heads, B", way) > 0);
            Assert.Equal(0, await lab.FigureAsync("Missed events", way));
            Assert.Equal(0, await lab.FigureAsync("Doubled events", way));
        }

        await ada.Page.GotoAsync("/");
        await Expect(ada.Page.GetByText("Your last run.")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Table, new() { Name = "Figures of a run" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(7);
    }

    [Fact]
    public async Task After_a_cut_only_the_bare_WebSocket_has_missed_events()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var lab = await LabPage.OpenAsync(ada, "?rate=20&times=regular&poll=500&seconds=300");
        await lab.RunAsync();
        await lab.ReceivedAsync(5);
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Cut the lines" }).ClickAsync();
        await Expect(lab.Status).ToContainTextAsync("The lines are cut");
        var before = await lab.FigureAsync("Events", "hub");

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Restore the lines" }).ClickAsync();
        await lab.ReceivedAsync(before + 60);
        await lab.StopAsync();

        Assert.True(await lab.FigureAsync("Missed events", "WebSocket") > 0);
        foreach (var way in LabPage.Ways)
        {
            if (way != "WebSocket") Assert.Equal(0, await lab.FigureAsync("Missed events", way));
            Assert.Equal(0, await lab.FigureAsync("Doubled events", way));
        }
    }

    [Fact]
    public async Task A_run_of_a_scenario_ends_with_a_verdict_and_its_link_repeats_it()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await ada.Page.AddInitScriptAsync("navigator.clipboard.writeText = async (text) => { window.copied = text; }");
        var lab = await LabPage.OpenAsync(ada);
        await Expect(lab.Verdict).ToBeHiddenAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "A ticker" }).ClickAsync();
        await lab.RunAsync();
        await lab.ReceivedAsync(10);
        await lab.StopAsync();

        await Expect(lab.Verdict).ToContainTextAsync("Verdict: ");
        await Expect(lab.Verdict.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(4);
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Copy as a table" }).ClickAsync();
        var table = await ada.Page.EvaluateAsync<string>("() => window.copied");
        Assert.Contains($"| Requests | {await lab.Cell("Requests", "poll, new").InnerTextAsync()} |", table, StringComparison.Ordinal);

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Copy a link" }).ClickAsync();
        var link = await ada.Page.EvaluateAsync<string>("() => window.copied");
        Assert.EndsWith(link, table, StringComparison.Ordinal);
        await ada.Page.GotoAsync(link);
        await Expect(ada.Page.GetByLabel("Events", new() { Exact = true })).ToHaveValueAsync("20");
        await Expect(ada.Page.GetByLabel("Payload", new() { Exact = true })).ToHaveValueAsync("100");
    }

    [Fact]
    public async Task A_run_in_another_window_of_the_person_ends_the_first_with_a_reason()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var first = await LabPage.OpenAsync(ada, "?seconds=300");
        await first.RunAsync();
        var second = new LabPage(await ada.NewPageAsync());
        await second.Page.GotoAsync("/lab");
        await Expect(second.RunButton).ToBeEnabledAsync();
        await second.RunAsync();
        await Expect(first.Status).ToContainTextAsync("another window of yours has started one");
        await Expect(first.RunButton).ToHaveTextAsync("Run");
    }

    [Fact]
    public async Task A_hidden_tab_pauses_all_ways_together_and_says_so()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var lab = await LabPage.OpenAsync(ada, "?rate=20&times=regular&poll=500&seconds=300");
        await lab.RunAsync();
        await lab.ReceivedAsync(5);
        await SetHiddenAsync(ada.Page, true);
        await Expect(lab.Status).ToContainTextAsync("Paused while the tab is hidden");

        var last = await lab.FigureAsync("Events", "hub");
        await SetHiddenAsync(ada.Page, false);
        await Expect(lab.Status).ToContainTextAsync("All ways paused while the tab was hidden");
        await lab.ReceivedAsync(last + 20);
        await lab.StopAsync();
        foreach (var way in LabPage.Ways) Assert.Equal(0, await lab.FigureAsync("Missed events", way));
    }

    [Theory]
    [InlineData(1440, 900, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    public async Task The_page_fits_its_width_and_is_used_by_keyboard(int width, int height, ColorScheme theme)
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, width, height, theme);
        var lab = await LabPage.OpenAsync(ada);
        await ada.Page.GetByLabel("Events", new() { Exact = true }).FocusAsync();
        await ada.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(ada.Page).ToHaveURLAsync(new Regex(@"rate=2\b"));
        await lab.RunButton.FocusAsync();
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(lab.RunButton).ToHaveTextAsync("Stop");
        await lab.ReceivedAsync(10);
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(lab.Verdict).ToContainTextAsync("Verdict: ");
        await ada.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"lab-{width}.png"),
            FullPage = true,
        });
        Assert.Equal(width, await ada.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await Expect(lab.Results.GetByRole(AriaRole.Cell)).ToHaveCountAsync(13 * 6);
    }

    private static async Task SetHiddenAsync(IPage page, bool isHidden) => await page.EvaluateAsync(
        """
        (isHidden) => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        isHidden);

    [Fact]
    public async Task A_page_from_another_machine_leads_to_the_own_one()
    {
        var address = new UriBuilder(showcase.Showcase.Address) { Host = Browser.NameOnTheNetwork }.Uri;
        await using var ada = await showcase.Browser.NewPersonAsync(address, "Ada");
        await ada.Page.GotoAsync("/lab");
        await Expect(ada.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("The laboratory works on the server’s own machine");
    }
}
