using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Showcase.Stage.Media;
using Showcase.Stage.Shows;
using Showcase.Visitors;

namespace Showcase.Stage;

/// <summary>Maps the WebSockets that carry picture and sound. They use the engine alone: the hub has no part in them.</summary>
internal static class StageMedia
{
    // A key picture may be larger than the engine's default of 64 KiB.
    private const int MaxMessageBytes = 256 * 1024;

    // Beyond this delay a viewer receives no pictures until it has caught up.
    private static readonly TimeSpan MaxDeliveryDelay = TimeSpan.FromMilliseconds(400);

    /// <summary>Maps <c>/webinar/{stage}/send</c>, which needs a ticket, and <c>/webinar/{stage}/watch</c>.</summary>
    public static void MapStageMedia(this WebApplication app)
    {
        var (stages, time) = (app.Services.GetRequiredService<StageList>(), app.Services.GetRequiredService<TimeProvider>());
        var limits = app.Services.GetRequiredService<IOptions<StageOptions>>().Value;
        var places = new Places(limits.MaxConnections, limits.ConnectionsPerAddress);
        var watching = WebSocketConnectionOptions.Default with { AllowedOrigins = ["self:*"], MaxMessageBytes = 125, MaxDeliveryDelay = MaxDeliveryDelay };
        var sending = watching with { MaxMessageBytes = MaxMessageBytes, MaxDeliveryDelay = null };
        app.MapWebSocket("/webinar/{stage}/watch", new MediaEndpoint(watching, places, (stage, query, leave) =>
            stages.TryFind(stage, out var found) ? new Viewer(found.Relay, leave, isStill: ValueOf(query, "pictures") == "key") : null));
        app.MapWebSocket("/webinar/{stage}/send", new MediaEndpoint(sending, places, (stage, query, leave) =>
            stages.TryFind(stage, out var found) && found.TryUse(ValueOf(query, "ticket")) ? new Sender(found.Relay, leave, time) : null));
    }

    private static string ValueOf(string query, string name) => QueryHelpers.ParseQuery(query).TryGetValue(name, out var value) ? value.ToString() : "";
}
