using Duplex.AspNetCore.Application;
using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;
using Showcase.Chat;
using Showcase.Exchange;

namespace Showcase.Visitors;

/// <summary>Lets visitors in: a browser's key makes its user, the same one in every application.</summary>
public static class VisitorEndpoints
{
    private const int MaxName = 32;

    /// <summary>Registers visitors.</summary>
    public static DuplexBuilder AddVisitors(this DuplexBuilder duplex) => duplex.AddJsonContext(VisitorJson.Default);

    /// <summary>Maps connecting and leaving.</summary>
    public static void MapVisitors(this ClientsBuilder clients) => clients
        .OnConnect(async (ConnectData? data, ClientContext client, ExchangeLoop exchange, IOptions<VisitorOptions> options, TimeProvider time) =>
        {
            var user = data?.Key is { } key ? Visitor.UserOf(Checked(key)) : "";
            var name = NameOf(data?.Name, user);
            client.State = new Visitor(user, name, new RequestBudget(time, options.Value.CallBurst, options.Value.CallsPerSecond));
            return new ConnectReply
            {
                User = user,
                Info = new VisitorInfo(name),
                Data = new ConnectedData(user, name, time.GetUtcNow().ToUnixTimeMilliseconds()),
                Subscriptions = user.Length == 0 ? [] : [await exchange.EnterAsync(user), ChatEndpoints.ReadsOf(user)],
            };
        })
        .OnDisconnect((ClientContext client, ExchangeLoop exchange) =>
            client.User.Length == 0 ? Task.CompletedTask : exchange.LeaveAsync(client.User));

    /// <summary>Maps the call that tells the server's time: small enough to measure the round trip with.</summary>
    public static void MapClock(this IEndpointRouteBuilder app) => app.MapRpc("time", (ClientContext client, TimeProvider time) =>
    {
        Visitor.Of(client);
        return new TimeResult(time.GetUtcNow().ToUnixTimeMilliseconds());
    });

    private static string Checked(string key) => key.Length is >= 32 and <= 128 ? key
        : throw new ClientException(400, "key must have 32 to 128 characters: make up a random one and keep it.");

    private static string NameOf(string? name, string user)
    {
        if (string.IsNullOrWhiteSpace(name)) return user.Length == 0 ? "Visitor" : $"Guest {user[..4]}";
        name = name.Trim();
        return name.Length <= MaxName && !name.Any(char.IsControl) ? name
            : throw new ClientException(400, $"name must have 1 to {MaxName} characters.");
    }
}
