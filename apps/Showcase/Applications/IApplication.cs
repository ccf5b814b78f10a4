using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;

namespace Showcase.Applications;

/// <summary>An application of the showcase. It registers everything that it consists of, and no other code names it.</summary>
public interface IApplication
{
    /// <summary>Registers the application's services, namespaces, rate limits and health check.</summary>
    void Add(DuplexBuilder duplex);

    /// <summary>Maps the application's pages, channels and calls.</summary>
    /// <param name="app">The web application, for pages and other HTTP endpoints.</param>
    /// <param name="hub">The hub, for channels and calls.</param>
    void Map(WebApplication app, DuplexEndpointConventionBuilder hub);

    /// <summary>Returns the channels of a user to which the server subscribes each of the user's connections.</summary>
    IEnumerable<ServerSubscription> SubscriptionsOf(string user) => [];

    /// <summary>Returns the receivers of the application's one-way messages, by the name of the message's field.</summary>
    IEnumerable<KeyValuePair<string, MessageReceiver>> ReceiversOf(IServiceProvider services) => [];

    /// <summary>Returns the numbers of the resources that the application holds for its visitors, by name.</summary>
    IEnumerable<KeyValuePair<string, int>> FiguresOf(IServiceProvider services) => [];
}
