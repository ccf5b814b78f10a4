using Microsoft.Playwright;

namespace Samples.Tests;

/// <summary>The samples with a page, as a visitor uses them.</summary>
public sealed class PageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Cookies_opens_channel_and_method_to_the_staff_alone()
    {
        await using var sample = await Sample.StartAsync("Cookies");
        var page = await chromium.OpenAsync(sample.Address);
        await ShowAsync("nobody", "permission denied");
        await PostAsync("permission denied");

        await LogInAsync("bob");
        await ShowAsync("bob", "permission denied");
        await PostAsync("permission denied");

        await LogInAsync("ann");
        await ShowAsync("ann", "subscribed");
        await PostAsync("posted");
        await page.GetByText("ann: Tea is ready").WaitForAsync();

        var other = await page.RunAndWaitForPopupAsync(() => page.EvaluateAsync("() => void window.open('/')"));
        await other.GetByText("User: ann").WaitForAsync();
        await page.GetByText("Log out").ClickAsync();
        await other.GetByText("User: force disconnect").WaitForAsync();
        await ShowAsync("nobody", "permission denied");

        async Task LogInAsync(string name)
        {
            await page.GetByLabel("Name").FillAsync(name);
            await page.GetByText("Log in").ClickAsync();
        }

        async Task ShowAsync(string user, string channel)
        {
            await page.GetByText($"User: {user}").WaitForAsync();
            await page.GetByText($"Channel of the staff: {channel}").WaitForAsync();
        }

        async Task PostAsync(string answer)
        {
            await page.GetByLabel("Notice").FillAsync("Tea is ready");
            await page.GetByText("Post", new() { Exact = true }).ClickAsync();
            await page.Locator("#posted").GetByText(answer).WaitForAsync();
        }
    }

    [Fact]
    public async Task Jwt_makes_the_user_that_its_token_names()
    {
        await using var sample = await Sample.StartAsync("Jwt");
        var page = await chromium.OpenAsync(sample.Address);

        await page.GetByLabel("Name").FillAsync("bob");
        await page.GetByRole(AriaRole.Button).ClickAsync();

        await page.GetByText("connected as bob").WaitForAsync();
    }

    [Fact]
    public async Task Recovery_gives_a_page_what_it_missed_once_and_in_order()
    {
        await using var sample = await Sample.StartAsync("Recovery");
        var (ann, bob) = (await chromium.OpenAsync(sample.Address), await chromium.OpenAsync(sample.Address));
        await ann.GetByText("subscribed", new() { Exact = true }).WaitForAsync();
        await PublishAsync(ann, 1);

        await ann.GetByText("Go offline").ClickAsync();
        await ann.GetByText("offline", new() { Exact = true }).WaitForAsync();
        await PublishAsync(bob, 2);
        await PublishAsync(bob, 3);
        await ann.GetByText("Return").ClickAsync();

        await ann.GetByText("recovered", new() { Exact = true }).WaitForAsync();
        await ann.GetByText("News 3, offset 3").WaitForAsync();
        Assert.Equal(["News 1, offset 1", "News 2, offset 2", "News 3, offset 3"], await ann.GetByRole(AriaRole.Listitem).AllTextContentsAsync());

        static async Task PublishAsync(IPage page, int number)
        {
            await page.GetByText("Publish").ClickAsync();
            await page.GetByText($"News {number}, offset {number}").WaitForAsync();
        }
    }

    [Fact]
    public async Task Presence_counts_who_comes_and_goes()
    {
        await using var sample = await Sample.StartAsync("Presence");
        var ann = await chromium.OpenAsync(sample.Address);
        await ann.GetByText("1 here").WaitForAsync();

        var bob = await chromium.OpenAsync(sample.Address);
        await ann.GetByText("2 here").WaitForAsync();
        await bob.GetByText("2 here").WaitForAsync();

        await bob.CloseAsync();
        await ann.GetByText("1 here").WaitForAsync();
    }

    [Fact]
    public async Task Rpc_shows_everybody_what_one_adds_and_its_caller_an_error()
    {
        await using var sample = await Sample.StartAsync("Rpc");
        var (ann, bob) = (await chromium.OpenAsync(sample.Address), await chromium.OpenAsync(sample.Address));
        await bob.GetByText("Total: 0").WaitForAsync();

        await ann.GetByLabel("Amount").FillAsync("5");
        await ann.GetByText("Add").ClickAsync();
        await bob.GetByText("Total: 5").WaitForAsync();

        await ann.GetByLabel("Amount").FillAsync("11");
        await ann.GetByText("Add").ClickAsync();
        await ann.GetByText("The amount is a number from 1 to 10.").WaitForAsync();
    }

    [Fact]
    public async Task Maps_shows_a_pointer_of_each_visitor_until_it_leaves()
    {
        await using var sample = await Sample.StartAsync("Maps");
        var (ann, bob) = (await chromium.OpenAsync(sample.Address), await chromium.OpenAsync(sample.Address));
        await ann.GetByText("subscribed").WaitForAsync();
        await bob.GetByText("subscribed").WaitForAsync();

        await bob.Mouse.MoveAsync(120, 80);
        await ann.Locator(".pointer[style*='left: 120px'][style*='top: 80px']").WaitForAsync();

        await bob.CloseAsync();
        await ann.Locator(".pointer").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task One_way_sse_shows_the_time()
    {
        await using var sample = await Sample.StartAsync("OneWaySse");
        var page = await chromium.OpenAsync(sample.Address);

        await page.GetByText(new System.Text.RegularExpressions.Regex(@"UTC: \d\d:\d\d:\d\d")).WaitForAsync();
    }
}
