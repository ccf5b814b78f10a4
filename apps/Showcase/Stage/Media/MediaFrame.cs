using Duplex.WebSockets.Messages;

namespace Showcase.Stage.Media;

/// <summary>A message of a relay, framed once for all viewers.</summary>
/// <param name="Message">The framed message. Who holds the frame beyond a call has retained it.</param>
/// <param name="Kind">The kind of the message.</param>
/// <param name="Number">The number of the message within the relay, from 1.</param>
internal sealed record MediaFrame(PreparedMessage Message, MediaKind Kind, long Number)
{
    public bool IsPicture => Kind is MediaKind.KeyPicture or MediaKind.DeltaPicture;

    public bool IsSound => Kind is MediaKind.Sound;
}
