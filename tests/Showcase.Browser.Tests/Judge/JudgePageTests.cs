using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Judge;

/// <summary>The judge's page with real workers in the sandbox.</summary>
public sealed class JudgePageTests : JudgeBrowserTests
{
    private const string Solution = """
        function solve(numbers, target) {
          const seen = new Map(); let pairs = 0;
          for (const n of numbers) { pairs += seen.get(target - n) ?? 0; seen.set(n, (seen.get(n) ?? 0) + 1); }
          return pairs;
        }
        """;

    [Fact]
    public async Task A_program_is_accepted_and_push_knows_it_first_and_has_seen_most()
    {
        await using var ada = await OpenAsync();
        await Editor(ada.Page).FillAsync(Solution);
        await Editor(ada.Page).PressAsync("Control+Enter");
        await Expect(Verdict(ada.Page)).ToHaveTextAsync("Accepted");
        await Expect(ada.Page.Locator(".tests [data-state=passed]")).ToHaveCountAsync(12);
        await Expect(ada.Page.Locator(".best")).ToContainTextAsync("ms");

        var times = await TimesAsync(ada.Page);
        Assert.True(times[0] < times[1] && times[0] < times[2], string.Join(", ", times));
        await Expect(ada.Page.Locator(".watches tbody tr:first-child td:nth-child(4)")).ToHaveTextAsync("15 of 15");
    }

    [Fact]
    public async Task All_ways_of_watching_a_run_use_the_line_of_the_page()
    {
        await using var ada = await OpenAsync();
        await ada.ChooseLineAsync("3G (100 ms, 200 kB/s)");
        await Expect(ada.Page.Locator(".pill")).ToContainTextAsync("3G");
        await Expect(ada.Page.Locator(".pill")).ToHaveAttributeAsync("data-state", "connected");
        var ports = new ConcurrentBag<int>();
        ada.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/judge/api/", StringComparison.Ordinal)) ports.Add(new Uri(request.Url).Port);
        };
        await Editor(ada.Page).FillAsync(Solution);
        await Button(ada.Page, "Submit").ClickAsync();
        await TimesAsync(ada.Page);
        Assert.NotEqual(Address.Port, Assert.Single(ports.Distinct()));
        await Expect(ada.Page.Locator(".watches")).ToContainTextAsync("All four go over the line “3G”.");
    }

    [Fact]
    public async Task A_wrong_result_of_a_sample_is_explained()
    {
        await using var ada = await OpenAsync();
        await Editor(ada.Page).FillAsync("function solve() { return 7 }");
        await Button(ada.Page, "Run").ClickAsync();
        await Expect(Verdict(ada.Page)).ToHaveTextAsync("Wrong result");
        await Expect(ada.Page.Locator(".run .detail dd")).ToHaveTextAsync(["[[1,2,3,4],5]", "2", "7"]);
    }

    [Fact]
    public async Task A_syntax_error_is_marked_until_the_program_changes()
    {
        await using var ada = await OpenAsync();
        await Editor(ada.Page).FillAsync("function solve() { return 1 + } // end");
        await Button(ada.Page, "Run").ClickAsync();
        await Expect(Verdict(ada.Page)).ToHaveTextAsync("Syntax error");
        await Expect(ada.Page.Locator(".code-fault")).ToHaveTextAsync("}");
        await Expect(Editor(ada.Page)).ToHaveAttributeAsync("aria-invalid", "true");
        await Editor(ada.Page).PressAsync("Space");
        await Expect(ada.Page.Locator(".code-fault")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_TypeScript_program_is_executed_without_its_types_and_an_enum_is_refused_where_it_stands()
    {
        await using var ada = await OpenAsync();
        await ada.Page.GetByLabel("Language", new() { Exact = true }).SelectOptionAsync("typescript");
        await Editor(ada.Page).FillAsync("let a = 1; enum Colour { Red } function solve() {}");
        await Button(ada.Page, "Submit").ClickAsync();
        await Expect(ada.Page.Locator(".toast")).ToContainTextAsync("Line 1, column 12: An enum is more than a type");
        await Expect(ada.Page.Locator(".code-fault")).ToHaveTextAsync("enum");

        await Editor(ada.Page).FillAsync(Solution.Replace("numbers, target)", "numbers: number[], target: number): number", StringComparison.Ordinal));
        await Button(ada.Page, "Submit").ClickAsync();
        await Expect(Verdict(ada.Page)).ToHaveTextAsync("Accepted");
    }

    [Fact]
    public async Task The_keyboard_leaves_the_editor_by_Escape_and_Tab()
    {
        await using var ada = await OpenAsync();
        await Editor(ada.Page).FillAsync("x");
        await Editor(ada.Page).PressAsync("Tab");
        await Expect(Editor(ada.Page)).ToBeFocusedAsync();
        await Editor(ada.Page).PressAsync("Escape");
        await ada.Page.Keyboard.PressAsync("Shift+Tab");
        await Expect(Button(ada.Page, "Submit")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_reload_keeps_the_program_and_every_step_of_its_run()
    {
        await using var ada = await OpenAsync();
        await Editor(ada.Page).FillAsync(Endless);
        await Button(ada.Page, "Submit").ClickAsync();
        await Expect(ada.Page.Locator(".runs button")).ToHaveCountAsync(1);
        await ada.Page.ReloadAsync();
        await Expect(Editor(ada.Page)).ToHaveTextAsync(Endless);
        await Expect(Verdict(ada.Page)).ToHaveTextAsync("Time limit exceeded");
        await Expect(Button(ada.Page, "Cancel")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_page_fits_a_phone()
    {
        await using var ada = await OpenAsync(width: 390);
        Assert.Equal(390, await ada.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    private static async Task<int[]> TimesAsync(IPage page)
    {
        var learned = page.Locator(".watches tbody td:nth-child(2)");
        await Expect(learned).ToHaveCountAsync(4);
        foreach (var row in Enumerable.Range(0, 4)) await Expect(learned.Nth(row)).ToContainTextAsync("ms");
        return [.. (await learned.AllTextContentsAsync()).Select(static text => int.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture))];
    }

    private async Task<Person> OpenAsync(int width = 1440)
    {
        var person = await Browser.NewPersonAsync(Address, width, 900);
        await person.Page.GotoAsync("/judge/pairs-that-sum");
        await Expect(person.Page.Locator(".problem h2")).ToHaveTextAsync("Pairs that sum");
        return person;
    }
}
