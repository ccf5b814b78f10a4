using Microsoft.Playwright;

namespace Showcase.Browser.Tests.Comets;

/// <summary>What the game draws on its canvas, recorded in the page: each ship by the label below it.</summary>
public static class Picture
{
    private const string Recorder = """
        {
          const { rotate, fillText } = CanvasRenderingContext2D.prototype;
          const labels = window.drawnLabels = new Map();
          let angle = 0;
          let frames = 0;
          let turn;
          const count = () => {
            frames++;
            requestAnimationFrame(count);
          };
          requestAnimationFrame(count);
          // A ship is rotated before its label is written.
          CanvasRenderingContext2D.prototype.rotate = function (by) {
            angle = by;
            rotate.call(this, by);
          };
          CanvasRenderingContext2D.prototype.fillText = function (label, ...place) {
            const { e, f } = this.getTransform();
            labels.set(label, { x: e / devicePixelRatio, y: f / devicePixelRatio, frames });
            if (turn?.label === label && turn.arrivedAt !== undefined && Math.abs(angle - turn.angle) > 0.01) {
              const behind = parseInt(document.querySelector('[data-figure=delay]').textContent);
              turn.end({ tick: turn.tick, frames: frames - turn.arrivedAt, behind });
              turn = undefined;
            } else if (turn?.label === label && turn.arrivedAt === undefined) {
              turn.angle = angle;
            }
            fillText.call(this, label, ...place);
          };
          window.WebSocket = class extends WebSocket {
            constructor(...parameters) {
              super(...parameters);
              // Before the page itself reads the message.
              this.addEventListener('message', ({ data }) => {
                for (const line of data.split('\n')) if (turn && line.includes('"channel":"snap:')) arrived(JSON.parse(line).push.pub.data);
              });
            }
          };
          function arrived({ t, s }) {
            const heading = s.find(([id]) => id === turn.ship)?.[5];
            turn.heading ??= heading;
            turn.begin();
            if (turn.arrivedAt === undefined && heading !== turn.heading) Object.assign(turn, { tick: t, arrivedAt: frames });
          }
          // Resolves when a snapshot with the ship's heading has arrived; `turned` resolves when another heading is drawn.
          window.watchTurn = (ship, label) => new Promise((begin) => {
            window.turned = new Promise((end) => (turn = { ship, label, begin, end }));
          });
          window.lastDrawn = (label) => {
            const found = labels.get(label);
            return found && frames - found.frames <= 1 ? found : null;
          };
        }
        """;

    /// <summary>Records what the person's pages draw from their next load on.</summary>
    public static Task RecordAsync(Person person) => person.Page.AddInitScriptAsync(Recorder);

    /// <summary>Waits until a label is part of the picture, and returns where its ship is.</summary>
    public static async Task<Place> PlaceAsync(IPage page, string label)
    {
        var drawn = await page.WaitForFunctionAsync("label => window.lastDrawn(label)", label);
        return await drawn.JsonValueAsync<Place>();
    }

    /// <summary>Begins to watch a ship that does not turn.</summary>
    public static Task WatchTurnAsync(IPage page, string ship, string label) =>
        page.EvaluateAsync("([ship, label]) => window.watchTurn(Number(ship), label)", new[] { ship, label });

    /// <summary>Waits until the ship is drawn with another heading.</summary>
    public static Task<Turn> TurnAsync(IPage page) => page.EvaluateAsync<Turn>("() => window.turned");

    /// <summary>The centre of a ship in pixels of the canvas.</summary>
    public sealed record Place
    {
        public double X { get; init; }

        public double Y { get; init; }
    }

    /// <summary>A turn of another ship.</summary>
    public sealed record Turn
    {
        /// <summary>The tick of the first snapshot that has the turn.</summary>
        public int Tick { get; init; }

        /// <summary>The frames from the arrival of that snapshot to the first that draws the turn.</summary>
        public int Frames { get; init; }

        /// <summary>The milliseconds by which the page draws others in the past.</summary>
        public int Behind { get; init; }
    }
}
