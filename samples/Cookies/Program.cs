// Users log in with a cookie of ASP.NET Core; the hub takes them from the request, and policies decide about channels and methods.
using System.Security.Claims;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Microsoft.AspNetCore.Authentication.Cookies;

const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

var builder = WebApplication.CreateBuilder(args);

// A strict cookie is not sent with requests that pages of other sites cause: neither with their POSTs nor with their WebSockets.
builder.Services.AddAuthentication(Scheme).AddCookie(options => options.Cookie.SameSite = SameSiteMode.Strict);
builder.Services.AddAuthorizationBuilder().AddPolicy("staff", policy => policy.RequireRole("staff"));
builder.Services.AddDuplex(options => options.AllowAnonymous = true)
    .AddHttpContextUser()
    .AddNamespace("staff", _ => { });                       // by default it allows nothing; the policy below allows to subscribe

var app = builder.Build();
app.UseFileServer();
var duplex = app.MapDuplex();
duplex.MapChannel("staff:{room}").RequireAuthorization("staff");
duplex.MapRpc("staff.post", async (Notice notice, ClientContext client, IHub hub) =>
{
    await hub.PublishAsync("staff:notices", new { from = client.User, notice.Text });
    return "posted";
}).RequireAuthorization("staff");
duplex.MapRpc("whoami", (ClientContext client) => new { user = client.User is "" ? "nobody" : client.User });

// Stands for the login of the application, which checks a password. Only ann belongs to the staff.
app.MapPost("/login", (Login login) =>
{
    var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, login.Name)], Scheme);
    if (login.Name == "ann") identity.AddClaim(new(ClaimTypes.Role, "staff"));
    return Results.SignIn(new(identity), authenticationScheme: Scheme);
});

// A connection outlives its cookie, so the logout ends the connections of the user.
app.MapPost("/logout", async (ClaimsPrincipal user, IHub hub) =>
{
    await hub.Clients.DisconnectAsync(ClientSelector.ForUser(user.FindFirstValue(ClaimTypes.NameIdentifier)!));
    return Results.SignOut(authenticationSchemes: [Scheme]);
}).RequireAuthorization();
app.Run();

internal sealed record Login(string Name);

internal sealed record Notice(string Text);
