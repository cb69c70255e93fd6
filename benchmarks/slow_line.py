"""Line 1.33: a first visit and later pages in a browser on a slow line and a slow processor.

    python -m benchmarks.slow_line

400 kbit/s, 400 ms of latency, the processor four times slower than this one; the load event, the middle of
five. Needs chromium (apt-get install chromium, or THUOCDO_CHROMIUM).
"""

from typing import TYPE_CHECKING

from benchmarks import _world as world

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KBIT, LATENCY, SLOWER, VISITS = 400, 400, 4, 5
LATER = ("/assignments/", "/directives/", "/agencies/GL-G001/")


def main() -> None:
    """Load, serve, visit, print."""
    chromium = world.house.browser()
    if chromium is None:
        world.left_out("pages on a slow line", "apt-get install chromium, or set THUOCDO_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with (
        world.server_of_databases() as server,
        world.serving(world.loaded(server, world.L)) as (port, _),
        sync_playwright() as playwright,
    ):
        world.get(port, "/")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        report([visits(browser, f"http://127.0.0.1:{port}") for _ in range(VISITS)])
        browser.close()


def visits(browser: "Browser", address: str) -> tuple[float, float]:
    """Seconds to the load event of the first page with nothing kept, and of the slowest page after it."""
    context = browser.new_context()
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    speed = KBIT * 1000 / 8
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed},
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    taken = []
    for path in ("/", *LATER):
        page.goto(address + path, wait_until="load")
        taken.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart") / 1000)
    context.close()
    return taken[0], max(taken[1:])


def report(found: list[tuple[float, float]]) -> None:
    """Print the middle."""
    first, later = (world.middle(column) for column in zip(*found, strict=True))
    world.show(
        "first visit, 400 kbit/s, 400 ms, processor 4 x slower", f"{first:.2f} s", "≤ 2.5 s", met=first <= 2.5
    )
    world.show("slowest later page, the same", f"{later:.2f} s", "≤ 1.5 s", met=later <= 1.5)


if __name__ == "__main__":
    main()
