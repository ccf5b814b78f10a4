using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Sports;
using Showcase.Sports.Matches;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Sports;

/// <summary>Simulated matches at 60 times their speed.</summary>
public sealed class FastMatchTests(FastLeague league) : IClassFixture<FastLeague>
{
    private const int MissedIncidents = 2;

    [Fact]
    public async Task A_page_whose_line_was_cut_has_every_incident_once()
    {
        await using var ada = await league.Browser.NewPersonAsync(league.Showcase.Address, "Ada");
        await SportsPage.ListAsync(ada.Page);

        var id = await YoungestAsync();
        var fan = await SportsPage.OpenAsync(ada.Page, $"/sports/{id}");
        await using var bob = await league.Browser.NewPersonAsync(league.Showcase.Address, "Bob");
        var other = await SportsPage.OpenAsync(bob.Page, $"/sports/{id}");
        await ada.LoseNetworkAsync();
        await HasIncidentsAsync(other, await other.Timeline.CountAsync() + MissedIncidents);
        await ada.FindNetworkAsync();

        await Expect(fan.Page.Locator(".pill")).ToHaveTextAsync(new Regex("^recovered [1-9]"));
        await Expect(fan.Page.Locator(".missed")).ToHaveTextAsync(new Regex(@"^While you were away \(\d+:\d\d\): "));
        await HasIncidentsAsync(fan, await IncidentsAsync(id));
        var ids = await fan.Page.EvaluateAsync<int[]>("() => [...document.querySelectorAll('.timeline li')].map((item) => Number(item.dataset.id))");
        Assert.Equal(Enumerable.Range(1, ids.Length), ids.Order());
    }

    [Fact]
    public async Task The_clock_ticks_and_the_statistics_grow()
    {
        await using var ada = await league.Browser.NewPersonAsync(league.Showcase.Address, "Ada");
        await SportsPage.ListAsync(ada.Page);
        var id = await YoungestAsync();
        var fan = await SportsPage.OpenAsync(ada.Page, $"/sports/{id}");

        var minute = await fan.Page.Locator(".state .clock").TextContentAsync();
        await Expect(fan.Page.Locator(".state .clock")).Not.ToHaveTextAsync(minute!);
        await Expect(fan.Page.Locator(".pairs dt")).ToHaveTextAsync(["Possession", "Shots", "On target", "Corners", "Fouls"]);
        var bars = await fan.Page.Locator(".pressure rect").CountAsync();
        await Expect(fan.Page.Locator(".pressure rect")).Not.ToHaveCountAsync(bars);
    }

    private static async Task HasIncidentsAsync(SportsPage page, int count) =>
        await page.Page.WaitForFunctionAsync("count => document.querySelectorAll('.timeline li').length >= count", count);

    private async Task<string> YoungestAsync()
    {
        using var turn = await Feed.EnterAsync();
        return Feed.League.Fixtures.Values.Select(static fixture => fixture.Match)
            .Where(static match => match.Info.Kind == MatchKind.Simulated && match.State.Phase is Phase.FirstHalf or Phase.HalfTime)
            .MaxBy(static match => match.Info.KickOff)!.Id;
    }

    private async Task<int> IncidentsAsync(string id)
    {
        using var turn = await Feed.EnterAsync();
        return Feed.League.Fixtures[id].Match.Incidents.Count;
    }

    private SportsFeed Feed => league.Showcase.Services.GetRequiredService<SportsFeed>();
}
