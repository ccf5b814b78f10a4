using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>What a person does on the chat's page.</summary>
public sealed class ChatPage(IPage page)
{
    public IPage Page => page;

    public ILocator Field => page.GetByLabel("Message", new() { Exact = true });

    public ILocator People => page.Locator(".people-list");

    public ILocator Typing => page.Locator(".typing");

    public ILocator Texts => page.Locator(".message .text");

    public static async Task<ChatPage> OpenAsync(Person person, string room)
    {
        await person.Page.GotoAsync($"/chat/{room}");
        var opened = new ChatPage(person.Page);
        await Expect(person.Page.Locator(".people-button")).ToContainTextAsync("here");
        await Expect(opened.People).ToContainTextAsync("(you)");
        return opened;
    }

    public ILocator Message(string text) => page.Locator(".message").Filter(new() { Has = page.GetByText(text, new() { Exact = true }) });

    public async Task WriteAsync(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }
}
