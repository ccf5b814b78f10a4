using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Start;

/// <summary>The start page: the proof of its sentence and the steps to try; the page for addresses without a page.</summary>
public sealed class StartPageTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task Every_step_is_ticked_when_it_is_done()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await ada.Page.GotoAsync("/");
        var steps = ada.Page.Locator(".steps li");
        await Expect(ada.Page.Locator(".steps li[data-done]")).ToHaveCountAsync(0);

        var other = await ada.NewPageAsync();
        await other.GotoAsync("/chat/lobby");
        await Expect(steps.Nth(0)).ToContainTextAsync("(done)");

        await steps.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Cut" }).ClickAsync();
        await steps.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Expect(steps.Nth(1)).ToContainTextAsync("(done)");
        await Expect(ada.Page.Locator(".sentence")).ToContainTextAsync("2 handshakes");

        await steps.Nth(2).GetByRole(AriaRole.Button, new() { Name = "Look inside" }).ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Complementary, new() { Name = "Wire log" })).ToBeVisibleAsync();
        await Expect(steps.Nth(2)).ToContainTextAsync("(done)");
    }

    [Fact]
    public async Task What_is_written_while_the_page_is_cut_stands_in_its_card_once_it_is_restored()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        await ada.Page.GotoAsync("/");
        await Expect(ada.Page.Locator(".rooms-preview a")).ToHaveCountAsync(4);
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Cut", Exact = true }).First.ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Button, new() { Name = "Restore" })).ToBeVisibleAsync();
        var chat = await Chat.ChatPage.OpenAsync(bob, "random");
        await chat.WriteAsync("while you were cut");
        await Expect(chat.Message("while you were cut")).ToHaveAttributeAsync("data-state", "sent");
        await Expect(ada.Page.Locator(".rooms-preview")).Not.ToContainTextAsync("while you were cut");

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Expect(ada.Page.Locator(".rooms-preview")).ToContainTextAsync("Bob: while you were cut");
    }

    [Fact]
    public async Task The_code_on_the_page_is_that_of_the_server()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        await ada.Page.GotoAsync("/");
        var shown = await ada.Page.Locator(".code pre").TextContentAsync();
        var file = await File.ReadAllTextAsync(Repository.PathOf("apps", "Showcase", "Chat", "ChatEndpoints.cs"), TestContext.Current.CancellationToken);
        Assert.StartsWith("hub.MapChannel(\"typing:{room}\")", shown, StringComparison.Ordinal);
        Assert.EndsWith("});", shown, StringComparison.Ordinal);
        Assert.Contains(Regex.Replace(shown!, @"\s+", " "), Regex.Replace(file, @"\s+", " "), StringComparison.Ordinal);
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
