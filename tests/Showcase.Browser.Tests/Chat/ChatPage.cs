using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>What a person does on the chat's page.</summary>
public sealed class ChatPage(IPage page)
{
    public IPage Page => page;

    public ILocator Field => page.GetByLabel("Message", new() { Exact = true });

    public ILocator People => page.Locator(".people-list");

    public ILocator Status => page.Locator(".status-line");

    public ILocator Messages => page.Locator(".messages");

    public ILocator NameButton => page.Locator(".me button");

    public ILocator NameField => page.GetByLabel("Your name", new() { Exact = true });

    public ILocator Jump => page.Locator(".jump");

    /// <summary>What a screen reader is told of new messages.</summary>
    public ILocator Announced => page.Locator(".room > .unseen");

    public static async Task<ChatPage> OpenAsync(Person person, string room)
    {
        var opened = new ChatPage(person.Page);
        await opened.GoToAsync(room);
        return opened;
    }

    public async Task GoToAsync(string room)
    {
        await page.GotoAsync($"/chat/{room}");
        await Expect(page.Locator(".people-button")).ToContainTextAsync("here");
        await Expect(People).ToContainTextAsync("(you)");
    }

    public ILocator Room(string name) => page.Locator($".rooms a[data-room='{name}']");

    public ILocator Unread(string room) => Room(room).Locator(".unread");

    public ILocator Message(string text) => page.Locator(".message").Filter(new() { Has = page.GetByText(text, new() { Exact = true }) });

    public async Task WriteAsync(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }

    /// <summary>Opens the menu of a message and chooses an item.</summary>
    public async Task ChooseAsync(string text, string item)
    {
        await Message(text).HoverAsync();
        await Message(text).GetByRole(AriaRole.Button, new() { Name = "Actions" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true }).ClickAsync();
    }

    /// <summary>Scrolls the messages, and returns where they are then.</summary>
    public Task<int> ScrollToAsync(int top) => Messages.EvaluateAsync<int>("(list, top) => { list.scrollTop = top; return list.scrollTop; }", top);

    public Task<int> ScrollTopAsync() => Messages.EvaluateAsync<int>("list => list.scrollTop");
}
