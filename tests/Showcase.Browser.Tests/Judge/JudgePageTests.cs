using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Showcase.Exchange.Simulation;
using Showcase.Judge;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Judge;

/// <summary>The judge's page with real workers in the sandbox.</summary>
public sealed class JudgePageTests : IAsyncLifetime
{
    private const string Solution = """
        function solve(numbers, target) {
          const seen = new Map(); let pairs = 0;
          for (const n of numbers) { pairs += seen.get(target - n) ?? 0; seen.set(n, (seen.get(n) ?? 0) + 1); }
          return pairs;
        }
        """;

    private static readonly LocatorAssertionsToHaveTextOptions Patient = new() { Timeout = 20_000 };

    private readonly Browser _browser = new();
    private RunningShowcase _showcase = null!;

    public async ValueTask InitializeAsync()
    {
        await _browser.InitializeAsync();
        _showcase = await RunningShowcase.StartAsync(MarketRate.Off, judge: null);
        await _showcase.Services.GetRequiredService<JudgeService>().Chosen;
    }

    public async ValueTask DisposeAsync()
    {
        await _showcase.DisposeAsync();
        await _browser.DisposeAsync();
    }

    [Fact]
    public async Task A_program_is_accepted_and_push_knows_it_first_and_has_seen_most()
    {
        await using var ada = await OpenAsync();
        await ada.Page.GetByLabel("Program", new() { Exact = true }).FillAsync(Solution);
        await ada.Page.GetByLabel("Program", new() { Exact = true }).PressAsync("Control+Enter");
        await Expect(ada.Page.Locator(".run h2")).ToHaveTextAsync("Accepted", Patient);
        await Expect(ada.Page.Locator(".tests [data-state=passed]")).ToHaveCountAsync(12);
        await Expect(ada.Page.Locator(".best")).ToContainTextAsync("ms");

        var learned = ada.Page.Locator(".watches tbody td:nth-child(2)");
        foreach (var row in Enumerable.Range(0, 4)) await Expect(learned.Nth(row)).ToContainTextAsync("ms", new() { Timeout = 20_000 });
        var times = (await learned.AllTextContentsAsync()).Select(static text => int.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture)).ToArray();
        Assert.True(times[0] < times[1] && times[0] < times[2], string.Join(", ", times));
        await Expect(ada.Page.Locator(".watches tbody tr:first-child td:nth-child(4)")).ToHaveTextAsync("15 of 15");
    }

    [Fact]
    public async Task A_wrong_result_of_a_sample_is_explained()
    {
        await using var ada = await OpenAsync();
        await ada.Page.GetByLabel("Program", new() { Exact = true }).FillAsync("function solve() { return 7 }");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Expect(ada.Page.Locator(".run h2")).ToHaveTextAsync("Wrong result", Patient);
        await Expect(ada.Page.Locator(".run .detail dd")).ToHaveTextAsync(["[[1,2,3,4],5]", "2", "7"]);
    }

    [Fact]
    public async Task A_reload_keeps_the_program_and_every_step_of_its_run()
    {
        await using var ada = await OpenAsync();
        var editor = ada.Page.GetByLabel("Program", new() { Exact = true });
        await editor.FillAsync("function solve() { for (;;); }");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        var cancel = ada.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true });
        await Expect(cancel).ToBeVisibleAsync();
        await ada.Page.ReloadAsync();
        await Expect(editor).ToHaveValueAsync("function solve() { for (;;); }");
        await Expect(ada.Page.Locator(".run h2")).ToHaveTextAsync("Time limit exceeded", Patient);
        await Expect(cancel).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_page_fits_a_phone()
    {
        await using var ada = await OpenAsync(width: 390);
        Assert.Equal(390, await ada.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    private async Task<Person> OpenAsync(int width = 1440)
    {
        var person = await _browser.NewPersonAsync(_showcase.Address, width, 900);
        await person.Page.GotoAsync("/judge/pairs-that-sum");
        await Expect(person.Page.Locator(".problem h2")).ToHaveTextAsync("Pairs that sum");
        return person;
    }
}
