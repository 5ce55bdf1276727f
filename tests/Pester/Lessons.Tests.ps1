BeforeDiscovery {
    $pages = [IO.Directory]::GetFiles("$PSScriptRoot/../../examples", '*.md').ForEach({ [IO.Path]::GetFileName($_) }) | Where-Object { $_ -match '^\d\d-' } | Sort-Object
}

Describe 'Lesson' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $examples = [IO.Path]::GetFullPath("$PSScriptRoot/../../examples")
    }

    It '<_> prints what it says, and its pictures are there' -ForEach $pages {
        $blocks = & "$PSScriptRoot/../../tools/Update-Page.ps1" "$examples/$_"
        $blocks.Count | Should -BeGreaterThan 2
        foreach ($block in $blocks | Where-Object IsPrinted) { FirstDifference $block.Output $block.Now | Should -BeNullOrEmpty -Because $block.Code }
        $text = [IO.File]::ReadAllText("$examples/$_")
        foreach ($picture in [regex]::Matches($text, '\]\((pictures/[^)]+)\)')) { "$examples/$($picture.Groups[1].Value)" | Should -Exist }
    }
}
