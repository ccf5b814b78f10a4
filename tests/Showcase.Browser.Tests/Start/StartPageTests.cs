using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Start;

/// <summary>The start page: what it shows of the server; the page for addresses without a page.</summary>
public sealed class StartPageTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Theory]
    [InlineData("Chat", "typing:{room}", "Chat/ChatEndpoints.cs")]
    [InlineData("Helpdesk", "notes:{id}", "Support/SupportEndpoints.cs")]
    [InlineData("Exchange", "book:{symbol}", "Exchange/ExchangeEndpoints.cs")]
    [InlineData("Laboratory", "lab:{run}", "Lab/LabEndpoints.cs")]
    [InlineData("Pad", "cursors:{doc}", "Pad/PadEndpoints.cs")]
    [InlineData("Comets", "arena:{room}", "Comets/CometsEndpoints.cs")]
    [InlineData("Judge", "best:{problem}", "Judge/JudgeEndpoints.cs")]
    public async Task The_code_of_the_card_that_was_opened_last_is_that_of_the_server(string card, string channel, string path)
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        await ada.Page.GotoAsync("/");
        await ada.Page.GetByRole(AriaRole.Heading, new() { Name = card, Exact = true }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(ada.Page).Not.ToHaveTitleAsync("Duplex");
        await ada.Page.GotoAsync("/");

        await Expect(ada.Page.Locator(".code h3")).ToHaveTextAsync($"{card}: the server’s code");
        var shown = await ada.Page.Locator(".code pre").TextContentAsync();
        var file = await File.ReadAllTextAsync(Repository.PathOf("apps", "Showcase", path), TestContext.Current.CancellationToken);
        Assert.StartsWith($"hub.MapChannel(\"{channel}\")", shown, StringComparison.Ordinal);
        Assert.EndsWith(");", shown, StringComparison.Ordinal);
        Assert.Contains(Regex.Replace(shown!, @"\s+", " "), Regex.Replace(file, @"\s+", " "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_measured_rows_are_those_of_the_latest_results()
    {
        var latest = Directory.GetFiles(Repository.PathOf("bench", "results"), "20??-??-??.md").Max()!;
        var results = await File.ReadAllTextAsync(latest, TestContext.Current.CancellationToken);
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        await ada.Page.GotoAsync("/");
        var rows = ada.Page.Locator(".measured tbody tr");
        await Expect(rows).ToHaveCountAsync(4);
        foreach (var row in await rows.AllAsync())
        {
            var section = results.Split($"### {await row.Locator("th span").TextContentAsync()}\n")[1];
            var cells = await row.Locator("td").AllTextContentsAsync();
            Assert.Matches($@"\| Duplex, io_uring \| {Regex.Escape(cells[0])} \|", section);
            Assert.Matches($@"\| Kestrel \+ System.Net.WebSockets \| {Regex.Escape(cells[1])} \|", section);
        }
    }

    [Fact]
    public async Task Every_link_leads_to_a_page()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        await ada.Page.GotoAsync("/");
        await Expect(ada.Page.Locator(".rooms-preview a")).ToHaveCountAsync(4);
        var links = await ada.Page.Locator("a").EvaluateAllAsync<string[]>("links => [...new Set(links.map((link) => link.getAttribute('href')))]");
        Assert.Contains("/docs/getting-started", links);
        foreach (var link in links) Assert.True((await ada.Page.APIRequest.GetAsync(link)).Ok, link);
    }

    [Fact]
    public async Task The_documentation_is_served_with_its_links_and_pictures()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        var pictures = new List<int>();
        ada.Page.Response += (_, response) =>
        {
            if (response.Url.Contains("/images/", StringComparison.Ordinal)) pictures.Add(response.Status);
        };
        await ada.Page.GotoAsync("/docs");
        await Expect(ada.Page).ToHaveTitleAsync("Duplex · Duplex");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Getting started" }).ClickAsync();
        await Expect(ada.Page).ToHaveURLAsync(new Regex("/docs/getting-started$"));
        await Expect(ada.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        Assert.NotEmpty(pictures);
        Assert.All(pictures, static status => Assert.InRange(status, 200, 304));

        var missing = await ada.Page.GotoAsync("/docs/none/such");
        Assert.Equal(404, missing!.Status);
        await Expect(ada.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("There is no page at /docs/none/such");
    }

    [Fact]
    public async Task An_address_without_a_page_leads_on()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        var response = await ada.Page.GotoAsync("/nowhere/%3Cb%3E");
        Assert.Equal(404, response!.Status);
        await Expect(ada.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("There is no page at /nowhere/<b>");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Chat" }).ClickAsync();
        await Expect(ada.Page).ToHaveTitleAsync(new Regex("Duplex chat$"));
    }
}
