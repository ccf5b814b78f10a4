using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.Chat;

/// <summary>The chat.</summary>
/// <param name="folder">The folder of the chat's database.</param>
internal sealed class ChatApplication(string folder) : IApplication
{
    public void Add(DuplexBuilder duplex) => duplex.AddChat(folder);

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/chat/{room?}", "chat/index.html");
        hub.MapChat();
    }

    public IEnumerable<ServerSubscription> SubscriptionsOf(string user) => [ChatEndpoints.ReadsOf(user)];
}
