// Clients show a JSON Web Token; the hub verifies it and takes the user from its claim "sub".
using System.Security.Cryptography;
using System.Text.Json;
using Duplex.Messaging.Clients;
using Microsoft.AspNetCore.WebUtilities;

var builder = WebApplication.CreateBuilder(args);

// Of this run alone. An application takes its key from its configuration, or names its identity provider's keys by JwksPublicEndpoint.
var secret = RandomNumberGenerator.GetHexString(64);
builder.Services.AddDuplex().AddTokens(tokens => tokens.HmacSecretKey = secret);

var app = builder.Build();
app.UseFileServer();
var hub = app.MapDuplex();
hub.MapRpc("whoami", (ClientContext client) => new { user = client.User });

// Stands for the login of the application: whoever asks with a right password would get a token for their name.
app.MapPost("/login", (Login login) => new { token = Token(login.Name, DateTimeOffset.UtcNow.AddMinutes(10)) });
app.Run();

string Token(string user, DateTimeOffset expiresAt)
{
    var header = Part(new { alg = "HS256", typ = "JWT" });
    var claims = Part(new { sub = user, exp = expiresAt.ToUnixTimeSeconds() });
    var signature = HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret), System.Text.Encoding.UTF8.GetBytes($"{header}.{claims}"));
    return $"{header}.{claims}.{WebEncoders.Base64UrlEncode(signature)}";
}

static string Part<T>(T value) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(value));

internal sealed record Login(string Name);
