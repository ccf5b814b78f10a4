using System.Globalization;
using Duplex.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Showcase.Social;
using Showcase.Social.Posts;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Social;

/// <summary>What a person does on a page of the square.</summary>
public sealed class SocialPage(IPage page)
{
    private static int _written;

    public IPage Page => page;

    public ILocator Field => page.GetByLabel("Message", new() { Exact = true });

    public ILocator News => page.Locator(".timeline:not([hidden]) .news .button");

    public ILocator Posts => page.Locator(".timeline:not([hidden]) .post");

    public static async Task<SocialPage> VisitAsync(IPage page, string path = "/social")
    {
        await page.GotoAsync(path);
        var opened = new SocialPage(page);
        await Expect(page.Locator(".pill")).ToHaveAttributeAsync("data-state", "connected");
        await Expect(page.Locator("main > .notice.opening")).ToHaveCountAsync(0);
        if (path == "/social") await Expect(page.Locator(".timeline:not([hidden]) .end")).Not.ToBeEmptyAsync();
        return opened;
    }

    /// <summary>Stores and publishes a post of somebody else, as the call of a page does.</summary>
    public static async Task<Post> PostAsync(RunningShowcase showcase, string user, string text)
    {
        var store = showcase.Services.GetRequiredService<SocialStore>();
        using var turn = await store.Turns.TakeAsync(TestContext.Current.CancellationToken);
        var clientId = string.Create(CultureInfo.InvariantCulture, $"client-{Interlocked.Increment(ref _written):D8}");
        var post = store.Write(() => store.Posts.Add(new Post(0, user, user, text, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), clientId)));
        await showcase.Services.GetRequiredService<IHub>().PublishPostAsync(store, post);
        return post;
    }

    public ILocator Post(string text) => page.Locator(".post[data-post]:visible").Filter(new() { Has = page.GetByText(text, new() { Exact = true }) });

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Like(string text) => Post(text).Locator(".like");

    public async Task WriteAsync(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }

    public async Task ChooseAsync(string post, string item)
    {
        await Post(post).GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = item }).ClickAsync();
    }

    public Task TabAsync(string name) => page.Locator($"[data-tab={name}]").ClickAsync();
}
