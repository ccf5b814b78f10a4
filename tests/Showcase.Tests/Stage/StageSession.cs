using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Stage;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.Stage;

/// <summary>A showcase with a speaker, Ada, and without the test card.</summary>
public abstract class StageSession : IAsyncLifetime
{
    private protected const string Open = """{"stage":"main","title":"Talk","slides":["# One","# Two"],"page":"page-of-ada"}""";

    private protected RunningShowcase Showcase { get; private set; } = null!;

    private protected ProtocolClient Ada { get; private set; } = null!;

    private protected virtual TimeSpan Grace => TimeSpan.FromMinutes(10);

    public async ValueTask InitializeAsync()
    {
        Showcase = await RunningShowcase.StartAsync(configure: Configure);
        Ada = await Showcase.ConnectAsync("ada");
    }

    public async ValueTask DisposeAsync()
    {
        await Ada.DisposeAsync();
        await Showcase.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the stage and connects the speaker's media.</summary>
    private protected async Task<RawMedia> OnStageAsync()
    {
        var ticket = (await Ada.CallAsync("stage.open", Open)).GetProperty("ticket").GetString();
        return await SendAsync(ticket);
    }

    private protected Task<RawMedia> SendAsync(string? ticket) => RawMedia.OpenAsync(Showcase.Http, $"/webinar/main/send?ticket={ticket}");

    private protected Task<RawMedia> WatchAsync(int? port = null) => RawMedia.OpenAsync(Showcase.Http, "/webinar/main/watch", port);

    /// <summary>Waits until a subscriber of the stage receives a state that fits.</summary>
    private protected static Task<JsonElement> StateAsync(ProtocolClient client, Func<JsonElement, bool> fits) => client.PublicationAsync("stage:main", fits);

    private protected static bool IsLive(JsonElement state) => state.GetProperty("isLive").GetBoolean();

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Services.Configure<StageOptions>(stage => (stage.ShowsTestCard, stage.Grace) = (false, Grace));
        builder.Services.Configure<VisitorOptions>(static visitors =>
        {
            // A whole audience comes from one machine.
            visitors.ConnectionsPerAddress = 300;
            (visitors.Address[Act.Connect], visitors.Address[StageActs.Vote]) = (new(1000, 1000), new(1000, 1000));
        });
    }
}
