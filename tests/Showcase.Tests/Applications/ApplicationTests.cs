using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Applications;

/// <summary>What every application of the list contributes to the showcase.</summary>
public sealed class ApplicationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visitor_with_a_key_is_subscribed_to_its_channels_of_every_application()
    {
        await using var showcase = await RunningShowcase.StartAsync();
        await using var client = await ProtocolClient.OpenAsync(showcase.Http);

        var connected = await client.ConnectAsync(RunningShowcase.KeyOf("ada"));

        var user = connected.GetProperty("data").GetProperty("user").GetString();
        var channels = connected.GetProperty("subs").EnumerateObject().Select(channel => channel.Name).Order(StringComparer.Ordinal);
        Assert.Equal([$"account:#{user}", $"reads:#{user}", $"runs:#{user}"], channels);
    }

    [Fact]
    public async Task The_figures_contain_those_of_the_visitors_and_of_every_application()
    {
        await using var showcase = await RunningShowcase.StartAsync();
        await using var client = await showcase.ConnectAsync("ada");
        await client.CallAsync("account.balances", "{}");

        using var http = new HttpClient { BaseAddress = showcase.Http };
        var figures = JsonElement.Parse(await http.GetStringAsync("/figures", Token));

        Assert.Equal(
            [("connections", 1), ("parties", 2), ("names", 1), ("accounts", 1), ("labRuns", 0), ("judgeRuns", 0), ("pilots", 0)],
            figures.EnumerateObject().Select(figure => (figure.Name, figure.Value.GetInt32())));
    }

    [Fact]
    public async Task The_health_check_names_the_application_that_fails()
    {
        await using var showcase = await RunningShowcase.StartAsync(configure: static builder => builder.Services.AddHealthChecks()
            .AddCheck("lab", static () => HealthCheckResult.Healthy())
            .AddCheck("wire", static () => HealthCheckResult.Unhealthy()));

        using var http = new HttpClient { BaseAddress = showcase.Http };
        using var response = await http.GetAsync("/health", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("failed: wire", await response.Content.ReadAsStringAsync(Token));
    }
}
