BeforeDiscovery {
    $lessons = [IO.Directory]::GetFiles("$PSScriptRoot/../../examples", '*.md').ForEach({ 'examples/' + [IO.Path]::GetFileName($_) }) | Where-Object { $_ -match '/\d\d-' } | Sort-Object
    $pages = @('README.md') + $lessons
}

Describe 'Page' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $clone = [IO.Path]::GetFullPath("$PSScriptRoot/../..")
    }

    It '<_> prints what it says, and its pictures are there' -ForEach $pages {
        # What the README prints is whole; its pictures alone take a minute.
        $blocks = & "$clone/tools/Update-Page.ps1" "$clone/$_" -Printed:($_ -eq 'README.md')
        $blocks.Count | Should -BeGreaterThan 2
        foreach ($block in $blocks | Where-Object IsPrinted) { FirstDifference $block.Output $block.Now | Should -BeNullOrEmpty -Because $block.Code }
        $folder = [IO.Path]::GetDirectoryName("$clone/$_")
        foreach ($picture in [regex]::Matches([IO.File]::ReadAllText("$clone/$_"), '\]\(([^):]+\.(png|jpg|svg))\)')) { "$folder/$($picture.Groups[1].Value)" | Should -Exist }
    }
}
