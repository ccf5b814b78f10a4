using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.Visitors;

/// <summary>Admits visitors. The key of a browser determines its user, which is the same in every application.</summary>
public static class VisitorEndpoints
{
    /// <summary>Registers the limits and the names of visitors.</summary>
    public static DuplexBuilder AddVisitors(this DuplexBuilder duplex)
    {
        duplex.Services.AddSection<VisitorOptions>("Visitors", static (options, faults) => options.CheckRates(faults));
        duplex.Services.AddSingleton<VisitorLimits>().AddSingleton<NameRegister>();
        return duplex.AddJsonContext(VisitorJson.Default);
    }

    /// <summary>Maps the connect handler. A disconnect needs no handler: everything that a visitor holds is released with the connection.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="applications">The applications, whose channels of a user are part of the user's connection.</param>
    public static void MapVisitors(this DuplexEndpointConventionBuilder hub, IReadOnlyList<IApplication> applications) => hub
        .OnConnect((ConnectData? data, ClientContext client, VisitorLimits limits, NameRegister names, TimeProvider time) =>
        {
            var user = data?.Key is { } key ? Visitor.UserOf(Checked(key)) : "";
            var chosen = user.Length == 0 ? "Visitor" : NameOf(data?.Name, user);
            var allowance = limits.Admit(client, user);
            var name = user.Length == 0 ? chosen : names.Take(user, chosen, allowance.Address);
            client.State = new Visitor(user, name, allowance);
            return ConnectDecision.Allow() with
            {
                User = user,
                Info = new VisitorInfo(name),
                Data = new ConnectedData(user, name, time.GetUtcNow().ToUnixTimeMilliseconds()),
                Subscriptions = user.Length == 0 ? [] : [.. applications.SelectMany(application => application.SubscriptionsOf(user))],
            };
        });

    /// <summary>Maps the call that returns the server's time, with which clients measure the round trip.</summary>
    public static void MapClock(this DuplexEndpointConventionBuilder hub) => hub.MapRpc("time", (ClientContext client, TimeProvider time) =>
    {
        Visitor.Of(client);
        return new TimeResult(time.GetUtcNow().ToUnixTimeMilliseconds());
    });

    /// <summary>Maps the call that changes the visitor's name. Subscriptions keep the name with which they began.</summary>
    public static void MapRename(this DuplexEndpointConventionBuilder hub) => hub.MapRpc("visitor.rename", (RenameParams rename, ClientContext client, NameRegister names) =>
    {
        var visitor = Visitor.WithKey(client, "have a name");
        visitor.Take(Act.Sign);
        visitor.Name = names.Take(visitor.User, NameOf(rename.Name, visitor.User), visitor.Address);
        return new RenameResult(visitor.Name);
    });

    private static string Checked(string key) => key.Length is >= 32 and <= 128 ? key
        : throw new ClientException(400, "key must have 32 to 128 characters: generate a random one and store it.");

    private static string NameOf(string? name, string user)
    {
        if (string.IsNullOrWhiteSpace(name)) return $"Guest {user[..4]}";
        return VisitorName.Shown(name)
            ?? throw new ClientException(400, $"name must have 1 to {VisitorName.MaxLength} visible characters.");
    }
}
