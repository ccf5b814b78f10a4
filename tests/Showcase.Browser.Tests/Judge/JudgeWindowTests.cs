using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Judge;

/// <summary>The judge's page in two windows of one person, and without a connection.</summary>
public sealed class JudgeWindowTests : JudgeBrowserTests
{
    [Fact]
    public async Task A_program_that_is_sent_in_one_window_is_shown_live_in_the_other()
    {
        await using var ada = await OpenAsync();
        var second = await ada.NewPageAsync();
        await OpenAsync(second, "balanced-brackets");
        await Editor(ada.Page).FillAsync(Endless);
        await Button(ada.Page, "Submit").ClickAsync();
        await Expect(second.Locator(".run")).ToContainTextAsync("Pairs that sum");
        foreach (var page in (IPage[])[ada.Page, second]) await Expect(Verdict(page)).ToHaveTextAsync("Time limit exceeded");
    }

    [Fact]
    public async Task A_window_that_is_opened_later_lists_the_run_and_shows_it()
    {
        await using var ada = await OpenAsync();
        await Editor(ada.Page).FillAsync(Endless);
        await Button(ada.Page, "Submit").ClickAsync();
        await Expect(ada.Page.Locator(".runs button")).ToHaveCountAsync(1);
        var second = await ada.NewPageAsync();
        await OpenAsync(second, "balanced-brackets");
        await second.Locator(".runs button").ClickAsync();
        await Expect(second.Locator(".run")).ToContainTextAsync("Pairs that sum");
        await Expect(Verdict(second)).ToHaveTextAsync("Time limit exceeded");
    }

    [Fact]
    public async Task The_runs_of_both_windows_are_in_the_list_of_each()
    {
        await using var ada = await OpenAsync();
        var second = await ada.NewPageAsync();
        await OpenAsync(second, "balanced-brackets");
        await Editor(ada.Page).FillAsync(Endless);
        await Button(ada.Page, "Submit").ClickAsync();
        await Expect(second.Locator(".runs button")).ToHaveCountAsync(1);
        await Button(second, "Run").ClickAsync();
        foreach (var page in (IPage[])[ada.Page, second])
        {
            await Expect(page.Locator(".runs button")).ToHaveCountAsync(2);
            await page.Locator(".runs button").Last.ClickAsync();
            await Expect(page.Locator(".run")).ToContainTextAsync("Pairs that sum");
            await page.Locator(".runs button").First.ClickAsync();
            await Expect(page.Locator(".run")).ToContainTextAsync("Balanced brackets, samples only");
        }
    }

    [Fact]
    public async Task The_newer_draft_of_two_windows_wins_and_the_older_is_offered()
    {
        await using var ada = await OpenAsync();
        var second = await ada.NewPageAsync();
        await OpenAsync(second, "pairs-that-sum");
        await Editor(ada.Page).FillAsync("first");
        await Expect(Editor(second)).ToHaveTextAsync("first");
        await Expect(second.Locator(".offer")).ToBeHiddenAsync();
        await Editor(second).FillAsync("second");
        await Expect(Editor(ada.Page)).ToHaveTextAsync("second");
        await Button(ada.Page, "Take this window’s version").ClickAsync();
        await Expect(Editor(ada.Page)).ToHaveTextAsync("first");
        await Expect(Editor(second)).ToHaveTextAsync("first");
        await Button(second, "Keep the new one").ClickAsync();
        await Expect(second.Locator(".offer")).ToBeHiddenAsync();
        await second.ReloadAsync();
        await Expect(Editor(second)).ToHaveTextAsync("first");
    }

    [Fact]
    public async Task A_program_that_is_sent_without_a_connection_survives_a_reload_and_runs_once()
    {
        await using var ada = await OpenAsync();
        await ada.LoseNetworkAsync();
        await Editor(ada.Page).FillAsync("function solve() { return 7 }");
        await Button(ada.Page, "Submit").ClickAsync();
        await Expect(Verdict(ada.Page)).ToHaveTextAsync("Not sent yet");
        await ada.Page.ReloadAsync();
        await Expect(Verdict(ada.Page)).ToHaveTextAsync("Wrong result");
        await Expect(ada.Page.Locator(".runs button")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_run_that_ends_while_the_connection_is_lost_is_shown_whole()
    {
        await using var ada = await OpenAsync();
        await Editor(ada.Page).FillAsync(Endless);
        await Button(ada.Page, "Submit").ClickAsync();
        await Expect(ada.Page.Locator(".runs button")).ToHaveCountAsync(1);
        await ada.LoseNetworkAsync();
        await ada.FindNetworkAsync();
        await Expect(Verdict(ada.Page)).ToHaveTextAsync("Time limit exceeded");
    }

    private static async Task OpenAsync(IPage page, string problem)
    {
        await page.GotoAsync($"/judge/{problem}");
        await Expect(page.Locator(".problem h2")).ToBeVisibleAsync();
    }

    private async Task<Person> OpenAsync()
    {
        var person = await Browser.NewPersonAsync(Address);
        await OpenAsync(person.Page, "pairs-that-sum");
        return person;
    }
}
