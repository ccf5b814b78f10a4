using System.Text;
using Showcase.Hosting;
using Showcase.Pad.Documents;

namespace Showcase.Pad;

/// <summary>Serves documents as plain text.</summary>
internal static class PadTextEndpoint
{
    /// <summary>Maps <c>/pad/{doc}.txt</c>, whose entity tag is the version.</summary>
    public static void MapPadTexts(this IEndpointRouteBuilder app) => app.MapGet("/pad/{doc}.txt", static async (string doc, DocumentStore store, HttpContext context) =>
    {
        if (await store.RunAsync(() => store.Find(doc), context.RequestAborted) is not { } document) return Refusal.Of(404, "There is no such document.");
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(Encoding.UTF8.GetBytes(document.Text), "text/plain; charset=utf-8", entityTag: new($"\"{document.Version}\""));
    });
}
